/* Colours of the theme for those who paint by hand, by the name that a look gives them. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});

  function create(container, theme) {
    let known = new Map();
    theme.onChange(() => {
      known = new Map();
    });
    return (name) => {
      if (!known.has(name)) known.set(name, root.getComputedStyle(container).getPropertyValue('--wb-' + name).trim());
      return known.get(name);
    };
  }

  Waybill.tints = {create};
})(typeof globalThis === 'object' ? globalThis : this);
