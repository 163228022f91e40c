/* Every word the page says by itself, in one place; other languages replace entries of Waybill.words.table. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const MONTHS = [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December'
  ];

  const table = {
    layers: 'Layers',
    'layers-show': 'Show layers',
    'layers-hide': 'Hide layers',
    all: 'All',
    none: 'None',
    'all-name': 'Show all layers',
    'none-name': 'Hide all layers',
    'as-known': 'As known on {date}',
    'on-record': 'All claims on record up to {date}',
    'on-record-undated': 'All claims on record',
    'as-told': 'as told by {who}',
    disclaimer:
      'Schematic; not for navigation or targeting. Boundaries and names shown take no position on any dispute.',
    about: 'About this map',
    authors: 'By {who}',
    licence: 'Licence: {what}',
    'made-with': 'Made with {what}',
    home: 'Back to the whole map',
    'zoom-in': 'Zoom in',
    'zoom-out': 'Zoom out',
    close: 'Close',
    note: 'Note on {title}',
    open: 'Open {title}',
    shut: 'Close {title}',
    'routes-of': 'Routes of {title}',
    'shown-of': '{n} of {all} routes shown',
    map: 'Map of {title}',
    nothing: 'This case has no routes to draw.',
    'missing-data': 'The data of this page are missing or damaged, so no routes can be drawn.',
    'missing-style': 'The line styles of this page are missing, so no routes can be drawn.',
    'missing-basemap': 'The base map of this page is missing; routes are drawn without land and borders.',
    'unknown-style': 'Drawn in a neutral style because this page does not know: {list}',
    'unknown-layers': 'Unknown layers were ignored: {list}',
    legend: 'Reading the lines',
    'legend-status': 'Dash: how strong the evidence is',
    'legend-mode': 'Colour: how it moved',
    'legend-other': 'Other marks',
    denied: 'Denied by {who}',
    'denied-legend': 'Denied by someone, whatever its status',
    inferred: 'Inferred: path not published',
    notional: 'Notional: from region to region, no path known',
    fallback: 'straight line, not the track',
    'fallback-legend': 'Straight line, not the track',
    illustration: "Illustration, nobody's claim",
    'infrastructure-legend': 'Line that exists; no claim about traffic',
    'event-legend': 'Event with a place but no route',
    more: 'Boundaries and sources',
    less: 'Less',
    'many-here': '{n} routes run here',
    'more-here': 'and {n} more here; click to choose',
    choose: 'Choose one to read its evidence.',
    status: 'Status',
    movement: 'Movement',
    cargo: 'Cargo',
    destination: 'Destination',
    occurrence: 'Occurrence',
    quantity: 'Quantity',
    path: 'Path',
    attribute: 'Attribute',
    'not-denied': 'No denial on record',
    'denied-meaning': 'Their latest statement on record is a denial.',
    'no-counted': 'No counted claim',
    declared: 'Declared',
    asserted: 'Asserted',
    'of-cargo': 'Cargo',
    'of-origin': 'Origin',
    'of-destination': 'Destination',
    'not-stated': 'not stated',
    evidence: 'What is on record',
    'on-route': 'Said about the route itself',
    'claims-for': 'Asserted, observed, confirmed',
    'claims-against': 'Denied',
    'claims-none': 'No denial on record',
    'claims-none-for': 'Nothing asserted',
    'said-above': 'see above',
    'not-found': 'Looked for and not found',
    searched: 'Searched',
    notes: 'Notes',
    origins: '{n} independent origins',
    origin: '1 origin',
    carrier: 'Carrier',
    graded: 'Source {letter}: {source}. Information {number}: {info}.',
    'graded-source': 'Source {letter}: {source}.',
    'graded-info': 'Information {number}: {info}.',
    derived: 'repeats {who}',
    unverified: 'unverified',
    'derived-fact': 'worked out from other facts',
    'unverified-event': 'Not verified by us; counts for no status.',
    figures: 'Figures side by side',
    'figures-note': 'Different starts and different ways of counting: not to be added up.',
    who: 'Who',
    figure: 'Figure',
    since: 'Counted from',
    said: 'Said on',
    length: 'Length',
    'length-drawn': 'Line as drawn here',
    'length-track': 'Along the track, by the network',
    'gauge-break': 'Gauge changes at',
    'length-published': 'Published',
    'length-none': 'none on record',
    legs: 'Stretches',
    from: 'From',
    to: 'to',
    mode: 'Mode',
    made: 'How the line was made',
    gauge: 'Gauge',
    km: 'km',
    'note-heading': 'Note',
    extra: 'More',
    sources: 'Sources',
    archived: 'archived copy',
    'no-sources': 'No source on record',
    'sources-later': 'Known from a source published after the chosen day.',
    cite: 'Source {n}',
    precision: 'position good to about {m}',
    'place-unverified': 'position not verified',
    related: 'Related',
    happened: 'When',
    event: 'Event',
    fine: 'Borders and shores are good to about 1 km; lines to some hundred metres.',
    others: 'Statements and decisions ({n})',
    'no-place': 'No place on record'
  };
  const groups = {
    kind: {
      infrastructure: 'Infrastructure',
      movement: 'Movement',
      declared: 'Declared route',
      precedent: 'Precedent, not part of this case',
      illustration: "Illustration, nobody's claim"
    },
    basis: {
      network: 'follows the mapped network',
      drawn: 'drawn by hand',
      'great-circle': 'shortest line on the globe',
      inferred: 'inferred; path not published',
      notional: 'notional, region to region'
    },
    stance: {
      asserts: 'asserts',
      observes: 'observes',
      confirms: 'confirms',
      denies: 'denies',
      withdraws: 'withdraws',
      searched: 'searched and found none',
      notes: 'notes'
    },
    evidence: {
      none: 'no evidence released',
      imagery: 'imagery',
      documents: 'documents',
      physical: 'physical evidence',
      data: 'data',
      admission: 'speaks of its own act'
    },
    place: {
      port: 'Port',
      station: 'Station',
      junction: 'Junction',
      bridge: 'Bridge',
      crossing: 'Crossing',
      settlement: 'Settlement',
      airport: 'Airport',
      depot: 'Depot',
      waypoint: 'Waypoint',
      canal: 'Canal',
      region: 'Region',
      other: 'Place'
    },
    status: {
      confirmed: 'Confirmed',
      evidenced: 'Evidenced',
      asserted: 'Asserted',
      alleged: 'Alleged',
      unsupported: 'Unsupported',
      none: 'No claim on record',
      infrastructure: 'Infrastructure',
      illustration: 'Illustration'
    },
    meaning: {
      confirmed: 'A party says so of itself, or two or more independent origins show evidence.',
      evidenced: 'Someone says so and shows evidence.',
      asserted: 'A state or international body says so without showing evidence.',
      alleged: 'Someone else says so without showing evidence.',
      unsupported: 'Only denials are on record.',
      none: 'Nobody on record has said so.',
      infrastructure: 'The line exists; this says nothing about what moved on it.',
      illustration: 'Drawn to show what could be meant. Nobody has claimed this path.'
    }
  };

  function t(key, values) {
    const text = Object.prototype.hasOwnProperty.call(table, key) ? table[key] : key;
    return text.replace(/\{(\w+)\}/g, (whole, name) =>
      values && values[name] !== undefined && values[name] !== null ? String(values[name]) : ''
    );
  }
  /** The words for a coded value; a value nobody knows is shown as it is. */
  function name(group, value) {
    const list = groups[group];
    return Object.prototype.hasOwnProperty.call(list, value)
      ? list[value]
      : String(value === null || value === undefined ? '' : value);
  }
  /** "2022-11-02" as "2 November 2022"; "2022-11" and "2022" accordingly; anything else unchanged. */
  function date(text) {
    const parts = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(text || '');
    if (!parts) return text || '';
    return [parts[3] ? String(Number(parts[3])) : '', parts[2] ? MONTHS[Number(parts[2]) - 1] : '', parts[1]]
      .filter(Boolean)
      .join(' ');
  }
  function list(items) {
    return items.filter(Boolean).join(', ');
  }
  function kilometres(km) {
    if (km === null || km === undefined || !isFinite(km)) return '';
    const digits = km < 10 ? 1 : 0;
    return km.toFixed(digits).replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f') + '\u00a0km';
  }
  function metres(m) {
    return m >= 1000 ? kilometres(m / 1000).replace('.0', '') : Math.round(m) + '\u00a0m';
  }

  Waybill.words = {t, name, date, list, kilometres, metres, table, groups};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.words;
})(typeof globalThis === 'object' ? globalThis : this);
