/* The choice of language: each in its own name, so that it can be found from any other. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const ZOOM = {'.leaflet-control-zoom-in': 'zoom-in', '.leaflet-control-zoom-out': 'zoom-out'};

  /** Say in which language the page now speaks; case texts that differ carry a `lang` of their own. */
  function follow(container, code) {
    document.documentElement.setAttribute('lang', code);
    container.setAttribute('lang', code);
    // Leaflet names its own buttons in English
    Object.keys(ZOOM).forEach((selector) => {
      const button = container.querySelector(selector);
      if (!button) return;
      button.setAttribute('title', Waybill.words.t(ZOOM[selector]));
      button.setAttribute('aria-label', Waybill.words.t(ZOOM[selector]));
    });
  }

  function create(store) {
    const {el} = Waybill.dom;
    const {t, LANGUAGES} = Waybill.words;
    const label = el('span', {});
    const select = el(
      'select',
      {class: 'wb-language-select', on: {change: () => store.set({lang: select.value})}},
      LANGUAGES.map(({code, name}) => el('option', {value: code, lang: code}, name))
    );
    const node = el('label', {class: 'wb-language'}, label, select);

    /** Relabelled, not rebuilt: the keyboard stays where it was when the language changes. */
    function update() {
      label.textContent = t('language');
      select.value = Waybill.words.language();
    }
    update();
    return {node, update, destroy: () => node.remove()};
  }

  Waybill.languages = {create, follow};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.languages;
})(typeof globalThis === 'object' ? globalThis : this);
