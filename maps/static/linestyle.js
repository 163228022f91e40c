/* The line language: what a mode, a status, a basis and a kind look like. The values live in linestyle.json. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {strongest, STRENGTH} = Waybill.evidence || require('./evidence.js');

  function own(object, key) {
    return object && Object.prototype.hasOwnProperty.call(object, key) ? object[key] : undefined;
  }

  /**
   * The look of one leg. `colour` names a palette entry or a mode, never a value, so that light and dark need no second pass.
   * Kind illustration and infrastructure win over basis, basis over status. A line of which no status is said is plain.
   */
  function resolve(style, {kind, status, mode, basis, fallback}) {
    const known = own(style.modes, mode);
    const byKind = own(style.kinds, kind);
    const byBasis = own(style.bases, basis);
    const byStatus = status === undefined || status === null ? style.plain : own(style.statuses, status);
    const rule = byKind || byBasis || byStatus || style.neutral;
    const look = {
      colour: known ? 'mode-' + mode : 'neutral',
      dash: rule.dash,
      width: rule.width,
      cap: rule.cap,
      hollow: rule.hollow || 0,
      halo: rule.halo || 0,
      casing: rule.casing === undefined ? style.casing : rule.casing,
      opacity: 1,
      tick: null,
      arrows: style.arrowed.includes(kind),
      under: kind === 'infrastructure',
      known: !!known && !!(byKind || byStatus)
    };
    if (rule.colour) look.colour = rule.colour;
    const special = byKind && own(byKind, mode);
    if (special) Object.assign(look, special);
    if (look.halo) look.casing = 0;
    if (fallback && !look.halo) look.opacity = style.fallback.opacity;
    return look;
  }

  /** How much of its width a line has at a zoom. */
  function widthAt(zoom) {
    return Math.max(0.75, Math.min(1.15, 0.75 + (zoom - 4) * 0.08));
  }

  /** Stroke dash list as SVG wants it; zero-length dashes become round dots. */
  function dashArray(dash) {
    return dash && dash.length ? dash.map((n) => n || 0.01).join(' ') : null;
  }

  /** Names and values of the custom properties that give a theme its colours. */
  function variables(style, theme) {
    const list = {};
    Object.keys(style.palette[theme]).forEach((name) => {
      list['--wb-' + name] = style.palette[theme][name];
    });
    Object.keys(style.modes).forEach((mode) => {
      list['--wb-mode-' + mode] = style.modes[mode][theme];
    });
    return list;
  }

  function paint(colour) {
    return 'var(--wb-' + colour + ')';
  }

  Waybill.linestyle = {resolve, widthAt, dashArray, variables, paint, strongest, STRENGTH};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.linestyle;
})(typeof globalThis === 'object' ? globalThis : this);
