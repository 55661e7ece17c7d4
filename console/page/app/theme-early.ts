// Loaded in the head as a script of its own, so that the page is never drawn in another theme than the chosen one. It
// imports nothing, because it is no module.
{
  try {
    const theme = localStorage.getItem('leadline-theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  } catch {
    // The browser keeps nothing for this page.
  }
}
export {};
