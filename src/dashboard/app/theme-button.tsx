import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../ui/button.js';
import { chooseTheme, currentTheme, watchTheme } from './theme.js';

/** The button that changes between light and dark colours. */
export const ThemeButton = (): JSX.Element => {
  const [theme, setTheme] = useState(currentTheme);
  useEffect(() => watchTheme(() => setTheme(currentTheme())), []);
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <Button kind="plain" onClick={() => chooseTheme(other)}>
      {other === 'dark' ? 'Dark' : 'Light'}
      <span class="unseen"> colours</span>
    </Button>
  );
};
