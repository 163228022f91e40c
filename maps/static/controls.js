/* Small things around the map: scale in kilometres and nautical miles, the way home, the caption. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el, svg, button, escapeText} = Waybill.dom;
  const {t} = Waybill.words;
  const SCALE_PX = 110;
  const KM_PER_NMI = 1.852;
  const FINE_ZOOM = 9; // from here on the screen shows more than 1:10m borders know

  function roundNumber(value) {
    const power = Math.pow(10, Math.floor(Math.log10(value)));
    const lead = value / power;
    return power * (lead >= 5 ? 5 : lead >= 2 ? 2 : 1);
  }

  function control(map, position, node) {
    const made = root.L.control({position});
    made.onAdd = () => node;
    root.L.DomEvent.disableClickPropagation(node);
    return made.addTo(map);
  }

  function scale(map) {
    const bars = ['km', 'nmi'].map((unit) => ({unit, node: el('div', {class: 'wb-scale-bar'})}));
    const node = el(
      'div',
      {class: 'wb-scale', role: 'img'},
      bars.map((bar) => bar.node)
    );

    function update() {
      const size = map.getSize();
      const y = size.y / 2;
      const x = size.x / 2;
      const km = map.distance(map.containerPointToLatLng([x, y]), map.containerPointToLatLng([x + SCALE_PX, y])) / 1000;
      if (!(km > 0)) return;
      const values = {};
      bars.forEach((bar) => {
        const most = bar.unit === 'km' ? km : km / KM_PER_NMI;
        const value = roundNumber(most);
        values[bar.unit] = value;
        bar.node.style.width = Math.round((SCALE_PX * value) / most) + 'px';
        bar.node.textContent = value + '\u00a0' + bar.unit;
      });
      node.setAttribute('aria-label', t('scale-text', values));
    }
    map.on('moveend zoomend resize', update);
    update();
    return control(map, 'bottomright', node);
  }

  /** The button that leads back to the whole map. */
  function home(go) {
    const mark = svg(
      'svg',
      {width: 16, height: 16, viewBox: '0 0 16 16', 'aria-hidden': 'true', focusable: 'false'},
      svg('path', {
        d: 'M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4',
        fill: 'none',
        stroke: 'currentColor',
        'stroke-width': 1.6,
        'stroke-linecap': 'round',
        'stroke-linejoin': 'round'
      })
    );
    return button('wb-tool', t('home'), () => go(), mark);
  }

  /** What every copy of the map must say, whatever is cut off around it. */
  function caption(map, texts) {
    const [first, rest] = split(texts.join(' '));
    const more = el(
      'button',
      {
        type: 'button',
        class: 'wb-caption-button',
        'aria-expanded': 'false',
        on: {
          click: () => {
            const open = node.classList.toggle('is-open');
            more.setAttribute('aria-expanded', String(open));
            more.textContent = t(open ? 'less' : 'more');
          }
        }
      },
      t('more')
    );
    const fine = el('span', {class: 'wb-caption-fine'}, ' ', t('fine'));
    const node = el(
      'p',
      {class: 'wb-caption'},
      first,
      rest ? [' ', el('span', {class: 'wb-caption-more'}, rest), ' ', more] : null,
      fine
    );
    const tell = () => {
      fine.hidden = map.getZoom() < FINE_ZOOM;
    };
    map.on('zoomend', tell);
    tell();
    return control(map, 'bottomright', node);
  }

  /** The first sentence, and what follows it. */
  function split(text) {
    const end = /\.\s|。/.exec(text);
    return end ? [text.slice(0, end.index + 1), text.slice(end.index + 1).trim()] : [text, ''];
  }

  function credits(map, list) {
    if (!map.attributionControl) map.attributionControl = root.L.control.attribution().addTo(map);
    [...new Set(list)].forEach((text) => map.attributionControl.addAttribution(escapeText(text)));
  }

  Waybill.controls = {scale, home, caption, credits};
})(typeof globalThis === 'object' ? globalThis : this);
