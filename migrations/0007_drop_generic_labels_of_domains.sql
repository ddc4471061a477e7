-- A lookup of careers.harbourline.example is one of harbourline.example from now on. The unlocks that an earlier release bought
-- or declared by such a domain get the further key, so that they are still found for free. Each label is taken off in turn,
-- because only the gateway knows the public suffixes: a key that is one (com.au of careers.com.au) is never looked up. A key
-- that leads to another record already stays with it. Presumed charges keep their key: they are resolved by it as it stands.
WITH RECURSIVE domain AS (
  SELECT workspace_id, account_id, unlock_id, source, substr(lookup_key, 16) AS name, false AS is_stripped
  FROM unlock_keys
  WHERE lookup_key LIKE 'company:domain:%'
  UNION
  SELECT workspace_id, account_id, unlock_id, source, substr(name, strpos(name, '.') + 1), true
  FROM domain
  WHERE name ~ '^(www[1-9]|www|ww|wwww|web|m|mobile|home|en|english|about|aboutus|about-us|contact|team|info|career|careers|job|jobs|apply|hiring|recruiting|recruitment|work-with-us|workwithus|join|joinus|blog|news|newsroom|events|investor|investors|ir|shop|store|eshop|app|apps|login|signin|accounts|account|auth|sso|secure|mail|email|webmail|smtp|imap|support|help|helpdesk|status|docs|developer|developers|api|go|get|try|start|landing|pages|lp|beta|staging)\.[^.]+\.'
)
INSERT INTO unlock_keys (workspace_id, account_id, lookup_key, unlock_id, source)
SELECT d.workspace_id, d.account_id, 'company:domain:' || d.name, d.unlock_id, d.source
FROM domain d
WHERE d.is_stripped AND NOT EXISTS (
  SELECT FROM unlock_keys k
  WHERE k.workspace_id = d.workspace_id AND k.account_id = d.account_id AND k.lookup_key = 'company:domain:' || d.name
)
ON CONFLICT DO NOTHING;
