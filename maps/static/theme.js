/* Light or dark: sets the colours as custom properties on the map and tells those who paint by hand. Prints are light. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});

  function create(container, style) {
    const dark = root.matchMedia('(prefers-color-scheme: dark)');
    const listeners = [];
    let current = dark.matches ? 'dark' : 'light';

    function apply(theme) {
      current = theme;
      const values = Waybill.linestyle.variables(style, theme);
      Object.keys(values).forEach((key) => container.style.setProperty(key, values[key]));
      container.classList.toggle('wb-dark', theme === 'dark');
      listeners.forEach((listener) => listener(theme));
    }
    let printing = false;
    const follow = () => apply(dark.matches && !printing ? 'dark' : 'light');
    const print = (value) => () => {
      printing = value;
      follow();
    };
    dark.addEventListener('change', follow);
    root.addEventListener('beforeprint', print(true));
    root.addEventListener('afterprint', print(false));
    follow();
    return {colour: (key) => style.palette[current][key], onChange: (listener) => listeners.push(listener)};
  }

  Waybill.theme = {create};
})(typeof globalThis === 'object' ? globalThis : this);
