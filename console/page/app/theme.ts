/** The theme of the page: `system` follows the setting of the device. */
export type Theme = 'system' | 'light' | 'dark';

/** The name under which theme-early.ts reads the choice before the page is drawn. */
const kept = 'leadline-theme';

export const themes: readonly Theme[] = ['system', 'light', 'dark'];

export const chosenTheme = (): Theme => {
  try {
    const found = localStorage.getItem(kept);
    return themes.find((theme) => theme === found) ?? 'system';
  } catch {
    // The browser keeps nothing for this page.
    return 'system';
  }
};

/** Shows the page in a theme, and keeps the choice in this browser. */
export const chooseTheme = (theme: Theme): void => {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(kept, theme);
  } catch {
    // The choice holds until the page is closed.
  }
};
