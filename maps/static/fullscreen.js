/* The map over the whole screen and back; where a browser or a frame does not allow it, there is no button. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {t} = Waybill.words;
  const OUT = 'M6 1.5H1.5V6M10 1.5h4.5V6M14.5 10v4.5H10M1.5 10v4.5H6M1.5 1.5L6 6M14.5 1.5L10 6M14.5 14.5L10 10M1.5 14.5L6 10';

  function create(map) {
    const container = map.getContainer();
    const button = Waybill.toolbar.tool(t('fullscreen-enter'), toggle, OUT);
    button.classList.add('wb-fullscreen-button');

    const isOn = () => document.fullscreenElement === container;

    function toggle() {
      // A browser may refuse at any time; then the button stands as it stood.
      const asked = isOn() ? document.exitFullscreen() : container.requestFullscreen();
      if (asked && asked.catch) asked.catch(update);
    }
    function update() {
      button.hidden = !document.fullscreenEnabled;
      Waybill.toolbar.rename(button, t(isOn() ? 'fullscreen-leave' : 'fullscreen-enter'));
    }
    function changed() {
      update();
      map.invalidateSize({animate: false});
    }
    document.addEventListener('fullscreenchange', changed);
    update();
    return {
      button,
      update,
      destroy: () => {
        document.removeEventListener('fullscreenchange', changed);
        button.remove();
      }
    };
  }

  Waybill.fullscreen = {create};
})(typeof globalThis === 'object' ? globalThis : this);
