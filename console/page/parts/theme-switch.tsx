import { useState } from 'react';
import { chooseTheme, chosenTheme, type Theme, themes } from '../app/theme';
import { Icon, type IconName } from './icon';

const icons: Readonly<Record<Theme, IconName>> = { system: 'system', light: 'sun', dark: 'moon' };

/** Chooses between the theme of the device, light, and dark. */
export const ThemeSwitch = () => {
  const [chosen, setChosen] = useState(chosenTheme);
  return (
    <div className="themes" role="radiogroup" aria-label="Theme">
      {themes.map((theme) => (
        <label key={theme} title={`Theme: ${theme}`}>
          <input
            type="radio"
            name="theme"
            className="sr-only"
            aria-label={theme}
            checked={chosen === theme}
            onChange={() => {
              chooseTheme(theme);
              setChosen(theme);
            }}
          />
          <Icon name={icons[theme]} />
        </label>
      ))}
    </div>
  );
};
