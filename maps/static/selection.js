/* One thing is chosen at a time, an event, a route or a place; map, card and ledger follow it. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});

  /** What an id stands for in an index: {kind, item} or null. Events come before routes, routes before places. */
  function find(index, id) {
    if (!id) return null;
    const found = [
      ['event', index.event(id)],
      ['route', index.route(id)],
      ['place', index.place(id)]
    ].find(([, item]) => item);
    return found ? {kind: found[0], item: found[1]} : null;
  }

  /** Routes that a chosen thing lights up. */
  function routesOf(index, chosen) {
    if (!chosen) return [];
    if (chosen.kind === 'route') return [chosen.item.id];
    if (chosen.kind === 'event') return chosen.item.routes || [];
    return index.routes
      .filter((route) => index.legs(route).some((leg) => leg.from === chosen.item.id || leg.to === chosen.item.id))
      .map((route) => route.id);
  }

  /** Layers that must be on for a chosen thing to be seen. */
  function layersOf(index, chosen) {
    const layers = chosen.kind === 'event' ? [chosen.item.layer] : [];
    const routes = chosen.kind === 'place' ? [] : routesOf(index, chosen);
    return layers.concat(routes.map((id) => index.route(id) && index.route(id).layer)).filter(Boolean);
  }

  /** Whether a chosen thing is on layers of which none is on. */
  function isUnseen(index, chosen, isOn) {
    const layers = layersOf(index, chosen).filter((id) => index.layer(id));
    return layers.length > 0 && !layers.some(isOn);
  }

  /** The place of a chosen thing that is a point, or null. */
  function placeOf(index, chosen) {
    if (!chosen || chosen.kind === 'route') return null;
    const place = chosen.kind === 'place' ? chosen.item : index.place(chosen.item.place);
    return place && place.kind !== 'region' && isFinite(place.lon) ? place : null;
  }

  /** Bounds of routes, drawn or not. */
  function boundsOfRoutes(index, ids) {
    const box = root.L.latLngBounds([]);
    index.pick('routes', ids).forEach((route) =>
      route.box ? route.box.forEach((point) => box.extend(point)) : index.legs(route).forEach((leg) => Waybill.polyline.decode(leg.line).forEach((point) => box.extend(point)))
    );
    return box;
  }

  /** Where a chosen thing lies: bounds of its routes and its place; null for a statement without either. */
  function boundsOf(index, chosen) {
    const L = root.L;
    const box = L.latLngBounds([]);
    if (chosen.kind !== 'place') {
      const all = boundsOfRoutes(index, routesOf(index, chosen));
      if (all.isValid()) box.extend(all);
    }
    const place = placeOf(index, chosen);
    if (place) {
      // a place beyond 180 degrees lies where the lines do, not a whole turn away; what was seen may lie off what was declared
      const turns = box.isValid() ? Math.round((box.getCenter().lng - place.lon) / 360) : 0;
      box.extend([place.lat, place.lon + 360 * turns]);
    }
    return box.isValid() ? box : null;
  }

  Waybill.selection = {find, routesOf, layersOf, isUnseen, placeOf, boundsOf, boundsOfRoutes};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.selection;
})(typeof globalThis === 'object' ? globalThis : this);
