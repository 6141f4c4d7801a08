// Runs before the first paint: the reader's theme, and that scripts run.
(() => {
  const root = document.documentElement;
  root.classList.add('js');
  try {
    const chosen = localStorage.getItem('theme');
    if (chosen === 'dark' || chosen === 'light') root.dataset.theme = chosen;
  } catch {
    // Storage may be forbidden; then the system's theme it is.
  }
})();
