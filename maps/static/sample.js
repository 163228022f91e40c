/* A short piece of line drawn as on the map, for rows, legends and cards. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {svg} = Waybill.dom;
  const HEIGHT_PX = 14;
  const INSET_PX = 3;

  function ofLook(look, width) {
    const drawn = Object.assign({}, look, {
      halo: Math.min(look.halo, HEIGHT_PX),
      dash: look.halo ? [0, 8.5] : look.dash
    });
    const {under, over} = Waybill.runs.strokes(drawn);
    const middle = HEIGHT_PX / 2;
    const d = 'M' + INSET_PX + ' ' + middle + 'H' + (width - INSET_PX);
    return svg(
      'svg',
      {
        class: 'wb-sample',
        width,
        height: HEIGHT_PX,
        viewBox: '0 0 ' + width + ' ' + HEIGHT_PX,
        'aria-hidden': 'true',
        focusable: 'false'
      },
      under.concat(over).map((path) => {
        path.setAttribute('d', d);
        return path;
      })
    );
  }

  function of(style, what, width) {
    return ofLook(Waybill.linestyle.resolve(style, what), width || 44);
  }

  /** One sample for each way the routes are drawn, at most `most`. */
  function ofRoutes(style, index, routes, most) {
    const seen = new Map();
    routes.forEach((route) =>
      index.legs(route).forEach((leg) => {
        const look = Waybill.linestyle.resolve(style, {
          kind: route.kind,
          status: route.status,
          mode: leg.mode,
          basis: leg.basis,
          fallback: leg.fallback
        });
        const key = [look.colour, look.dash, look.width, look.hollow, look.halo].join('|');
        if (!seen.has(key)) seen.set(key, look);
      })
    );
    return [...seen.values()].slice(0, most || 2).map((look) => ofLook(look, 36));
  }

  Waybill.sample = {of, ofLook, ofRoutes};
})(typeof globalThis === 'object' ? globalThis : this);
