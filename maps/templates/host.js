/* Put this once on a page that holds Waybill maps in frames (<iframe class="waybill-map" id="...">). A link such as
   <a href="map.html#sel=e22" data-waybill="waybill-map" data-state="sel=e22"> then sets the map in the frame of that id,
   and the height of each frame follows its map. Without this script the link opens the map by itself. */
(function () {
  'use strict';
  const LOWEST = 200;
  const HIGHEST = 1600;
  const ready = new WeakSet(); // windows of maps that spoke, and so can hear
  const waiting = new Map(); // what a frame that is not there yet shall show

  const isMap = (node) => !!node && node.localName === 'iframe' && node.classList.contains('waybill-map');
  const send = (frame, state) => frame.contentWindow.postMessage({waybill: {state}}, '*');

  addEventListener('message', (event) => {
    const said = event.data && event.data.waybill;
    if (!said || said.version !== 1) return;
    const frame = Array.from(document.querySelectorAll('iframe')).find((one) => one.contentWindow === event.source);
    if (!isMap(frame)) return;
    if (said.height >= LOWEST && said.height <= HIGHEST) frame.style.height = said.height + 'px';
    ready.add(event.source);
    if (!waiting.has(frame)) return;
    send(frame, waiting.get(frame));
    waiting.delete(frame);
  });

  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest('a[data-waybill]');
    const frame = link && document.getElementById(link.dataset.waybill);
    if (!isMap(frame)) return;
    event.preventDefault();
    const state = link.dataset.state || '';
    if (ready.has(frame.contentWindow)) send(frame, state);
    else {
      waiting.set(frame, state);
      frame.loading = 'eager'; // a lazy frame below the fold would never speak
    }
    frame.scrollIntoView({block: 'nearest'});
  });
})();
