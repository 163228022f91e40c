/* How routes stand in words: that something moved and what it carried are two findings. Pure: no document. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {t, name, list} = Waybill.words;
  const STRENGTH = Waybill.evidence.STRENGTH;

  /** The aspect that a route's line is drawn by. */
  function headline(route) {
    return route.kind === 'declared' ? 'destination' : 'movement';
  }

  /** The findings that a reader must not take for each other, [{aspect, status}]; one where they agree or it is all there is. */
  function parts(route) {
    const first = {aspect: headline(route), status: route.status};
    const cargo = (route.statuses || {}).cargo;
    const apart = STRENGTH.includes(route.status) && cargo && cargo !== 'none' && cargo !== route.status;
    return apart ? [first, {aspect: 'cargo', status: cargo}] : [first];
  }

  /** "Evidenced", or "Movement evidenced, cargo asserted" where one word would be said of both. */
  function words(route) {
    const found = parts(route);
    if (found.length === 1) return name('status', route.status);
    const said = found.map(({aspect, status}) =>
      t('aspect-status', {aspect: name('aspect', aspect).toLowerCase(), status: name('status', status).toLowerCase()})
    );
    return list(said).replace(/^./, (letter) => letter.toUpperCase());
  }

  /** "1 confirmed · 4 evidenced" of some routes; a kind that bears no status is only named. */
  function counted(statuses) {
    const number = new Map();
    statuses.filter(Boolean).forEach((status) => number.set(status, (number.get(status) || 0) + 1));
    const known = STRENGTH.filter((status) => number.has(status));
    return known
      .concat([...number.keys()].filter((status) => !known.includes(status)))
      .map((status) =>
        known.includes(status)
          ? t('status-count', {n: number.get(status), status: name('status', status).toLowerCase()})
          : name('status', status)
      )
      .join(' · ');
  }
  /** The counts of a layer as lines; the cargo has its own where it stands otherwise than the movement on any route. */
  function counts(routes) {
    const said = counted(routes.map((route) => route.status));
    if (!routes.some((route) => parts(route).length > 1)) return said ? [said] : [];
    const cargo = routes.map((route) => (route.statuses || {}).cargo).filter((status) => status !== 'none');
    const line = (aspect, text) => t('aspect-counts', {aspect: name('aspect', aspect), counts: text});
    return [line(headline(routes[0]), said), line('cargo', counted(cargo))];
  }

  /** Kilometres of the legs that follow a mapped network; where a path is inferred, notional or straight, nobody knows them. */
  function networkKm(routes) {
    return routes
      .flatMap((route) => route.legs || [])
      .filter((leg) => leg.basis === 'network' && !leg.fallback)
      .reduce((sum, leg) => sum + (leg.length_km || 0), 0);
  }

  Waybill.standing = {parts, words, counts, networkKm};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.standing;
})(typeof globalThis === 'object' ? globalThis : this);
