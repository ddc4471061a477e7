import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { isTokenKept, keepToken, readToken } from '../../app/kept-token.js';
import { chooseTheme, chosenTheme, watchTheme } from '../../app/theme.js';
import { CheckField, SelectField } from '../../ui/field.js';
import { Panel } from '../../ui/panel.js';

/** What concerns this browser only. */
export const PreferencesPanel = (): JSX.Element => {
  const [theme, setTheme] = useState(chosenTheme);
  useEffect(() => watchTheme(() => setTheme(chosenTheme())), []);
  return (
    <Panel title="This browser">
      <div class="form narrow">
        <SelectField
          key={theme}
          name="theme"
          label="Colours"
          value={theme ?? 'system'}
          options={[
            { value: 'system', title: 'As the system' },
            { value: 'light', title: 'Light' },
            { value: 'dark', title: 'Dark' },
          ]}
          onChange={(value) => chooseTheme(value === 'light' || value === 'dark' ? value : null)}
        />
        <CheckField
          name="stay"
          label="Keep me signed in on this computer"
          help="Otherwise the token is kept until you close this tab. Other tabs are signed out when you turn it off."
          isChecked={isTokenKept()}
          onChange={(stay) => {
            const token = readToken();
            if (token !== null) keepToken(token, stay);
          }}
        />
      </div>
    </Panel>
  );
};
