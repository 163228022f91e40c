/* folium's pop-ups ask jQuery for two things: nodes made from HTML, and a call when the page is
   ready. This stands in for it when no jQuery is on the page. */
(function () {
  'use strict';
  if (window.$) { return; }

  function whenReady(callback) {
    if (document.readyState === 'loading') {
      document.addEventListener('DOMContentLoaded', callback);
    } else {
      callback();
    }
  }

  function nodesFromHtml(html) {
    var template = document.createElement('template');
    template.innerHTML = String(html);
    return Array.from(document.importNode(template.content, true).children);
  }

  window.$ = function (what) {
    if (typeof what === 'function') { whenReady(what); return []; }
    if (what === document) { return { ready: whenReady }; }
    return nodesFromHtml(what);
  };
})();
