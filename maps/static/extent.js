/* How long a route is and how its line was made: drawn and published are two things. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el, table} = Waybill.dom;
  const {t, name, kilometres, list} = Waybill.words;

  /** Published figures of a route or place, each with its note: where they differ, the note says why. */
  function published(cites, measures) {
    return (measures || []).map((measure) =>
      el(
        'li',
        {},
        measure.text,
        measure.verified === 'no' ? [' ', el('span', {class: 'wb-tag is-warn'}, t('unverified'))] : null,
        ' ',
        cites.marks(measure.sources),
        measure.note ? el('span', {class: 'wb-claim-meta'}, measure.note) : null
      )
    );
  }

  function lengths(index, cites, route) {
    const figures = published(cites, route.measures);
    // a line that nobody claims, or that is no path, has no length: neither of its own nor one to be published
    const path = route.kind !== 'illustration' && kilometres(route.length_km);
    const looked = index.judged && route.kind !== 'illustration';
    if (!path && !figures.length && !looked) return null;
    return el(
      'section',
      {},
      el('h3', {}, t('length')),
      el(
        'dl',
        {class: 'wb-facts'},
        path
          ? el(
              'div',
              {},
              el('dt', {}, t('length-drawn')),
              el('dd', {}, path, route.fallback ? el('span', {class: 'wb-tag is-warn'}, t('fallback')) : null)
            )
          : null,
        route.track_km
          ? el('div', {}, el('dt', {}, t('length-track')), el('dd', {}, kilometres(route.track_km)))
          : null,
        (route.gauge_breaks || []).length
          ? el(
              'div',
              {},
              el('dt', {}, t('gauge-break')),
              el('dd', {}, list(route.gauge_breaks.map((id) => index.nameOf('places', id))))
            )
          : null,
        figures.length || looked
          ? el(
              'div',
              {},
              el('dt', {}, t('length-published')),
              el('dd', {}, figures.length ? el('ul', {class: 'wb-plain'}, figures) : t('length-none'))
            )
          : null
      )
    );
  }

  /** How a leg's line was made; where it fell back, that alone is true. */
  function made(leg) {
    if (leg.fallback) return el('span', {class: 'wb-tag is-warn'}, leg.made_by || t('fallback'));
    if (leg.basis === 'inferred' && leg.made_by)
      return [name('basis', 'inferred'), el('span', {class: 'wb-claim-meta'}, leg.made_by)];
    return leg.made_by || name('basis', leg.basis);
  }

  function legTable(index, cites, route) {
    const legs = index.legs(route);
    // lines without a case have no places to run between
    if (!legs.some((leg) => leg.from || leg.to)) return null;
    const gauges = legs.some((leg) => leg.gauge_mm);
    const row = (leg) =>
      el(
        'tr',
        {},
        el(
          'td',
          {},
          index.nameOf('places', leg.from),
          ' – ',
          index.nameOf('places', leg.to),
          leg.note ? el('span', {class: 'wb-claim-meta'}, leg.note) : null
        ),
        el('td', {}, index.modeLabel(leg.mode)),
        el('td', {}, made(leg)),
        gauges
          ? el('td', {class: 'is-figure'}, leg.gauge_mm ? String(leg.gauge_mm).split(';').join(' + ') + ' mm' : '')
          : null,
        el(
          'td',
          {class: 'is-figure'},
          kilometres(leg.length_km),
          leg.track_km
            ? el('span', {class: 'wb-claim-meta'}, t('length-track') + ': ' + kilometres(leg.track_km))
            : null,
          leg.published_km
            ? el(
                'span',
                {class: 'wb-claim-meta'},
                t('length-published') + ': ' + kilometres(leg.published_km),
                leg.published_source && leg.published_source.source
                  ? cites.marks([leg.published_source.source])
                  : leg.published_source && leg.published_source.text
                    ? ' (' + leg.published_source.text + ')'
                    : null
              )
            : null
        )
      );
    const heads = ['legs', 'mode', 'made'].concat(gauges ? ['gauge'] : [], ['length']);
    const words = heads.map((key) => (key === 'legs' ? t('from') + ' – ' + t('to') : t(key)));
    return el('section', {}, el('h3', {}, t('legs')), table(words, legs.map(row)));
  }

  Waybill.extent = {lengths, legTable, published};
})(typeof globalThis === 'object' ? globalThis : this);
