/* Claims in words: who says what, when, on what evidence, and beside it who denies. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el, table} = Waybill.dom;
  const {t, name, list, date} = Waybill.words;
  const ASPECTS = ['occurrence', 'movement', 'cargo', 'destination', 'quantity', 'path', 'attribute'];
  const {FOR} = Waybill.origins;
  const AGAINST = ['denies', 'withdraws'];

  function grades(index, claim) {
    if (!claim.source_grade && !claim.info_grade) return null;
    const one = (code, words) => el('span', {class: 'wb-grade'}, el('b', {}, code), ' ', words);
    return el(
      'p',
      {class: 'wb-grades'},
      claim.source_grade
        ? one(claim.source_grade, t('graded-source', {source: index.grade('source_grades', claim.source_grade)}))
        : null,
      claim.info_grade
        ? one(claim.info_grade, t('graded-info', {info: index.grade('info_grades', claim.info_grade)}))
        : null
    );
  }

  function saidOn(claim) {
    return claim.asserted_text || date(claim.asserted_on);
  }

  function head(index, claim) {
    // what a withdrawal names is what it takes back, not what it repeats
    const origin = claim.stance !== 'withdraws' && claim.derived_from && index.claim(claim.derived_from);
    return el(
      'p',
      {class: 'wb-claim-head'},
      claim.stance === 'denies' ? [Waybill.badges.symbol(14), ' '] : null,
      el('strong', {}, index.nameOf('parties', claim.party)),
      t('says-gap'),
      name('stance', claim.stance),
      ', ',
      el('span', {class: 'wb-date'}, saidOn(claim)),
      origin ? [' ', el('span', {class: 'wb-tag'}, t('derived', {who: index.nameOf('parties', origin.party)}))] : null,
      claim.verified === 'no' ? [' ', el('span', {class: 'wb-tag is-warn'}, t('unverified'))] : null,
      claim.verified === 'derived' ? [' ', el('span', {class: 'wb-tag'}, t('derived-fact'))] : null
    );
  }

  /** A claim in full; the second time it comes up on a card, only who and when. */
  function claimItem(index, cites, told, claim) {
    if (told.has(claim.id))
      return el('li', {class: 'wb-claim'}, head(index, claim), el('p', {class: 'wb-claim-meta'}, t('said-above')));
    told.add(claim.id);
    return el(
      'li',
      {class: 'wb-claim' + (AGAINST.includes(claim.stance) ? ' is-against' : '')},
      head(index, claim),
      content(index, claim, cites.marks(claim.sources))
    );
  }

  /** What a claim says, below its head; `marks` lead to its sources. */
  function content(index, claim, marks) {
    const counted = FOR.includes(claim.stance);
    return [
      el('p', {class: 'wb-claim-text', lang: index.language}, claim.statement || '', ' ', marks),
      claim.later_sources && !(claim.sources || []).length
        ? el('p', {class: 'wb-claim-meta'}, t('sources-later'))
        : null,
      claim.quantity_text ? el('p', {class: 'wb-claim-figure'}, claim.quantity_text) : null,
      counted && (claim.evidence || []).length
        ? el('p', {class: 'wb-claim-meta'}, list(claim.evidence.map((kind) => name('evidence', kind))))
        : null,
      grades(index, claim),
      claim.note ? el('p', {class: 'wb-claim-meta'}, claim.note) : null
    ];
  }

  /** What a claim speaks about, and of which routes where it leaves some of its event's out. */
  function scope(index, claim) {
    const titles = index.pick('routes', claim.routes).map((route) => route.title);
    return el(
      'p',
      {class: 'wb-claim-meta'},
      t('account-on', {what: list(aspectsOf(claim).map((aspect) => name('aspect', aspect).toLowerCase()))}),
      titles.length ? ' · ' + t('account-only', {titles: titles.join('; ')}) : null
    );
  }

  /** Every claim once, in the order in which they were made, denials as large as what they deny. */
  function inOrder(index, cites, claims) {
    return el(
      'ol',
      {class: 'wb-claims wb-in-order'},
      claims.map((claim) =>
        el(
          'li',
          {class: 'wb-claim is-' + side(claim)},
          head(index, claim),
          scope(index, claim),
          content(index, claim, cites.marks(claim.sources))
        )
      )
    );
  }

  /** Which side of the record a claim stands on: for, against, searched, or neither. */
  function side(claim) {
    if (FOR.includes(claim.stance)) return 'for';
    if (AGAINST.includes(claim.stance)) return 'against';
    return claim.stance === 'searched' ? 'searched' : 'note';
  }

  function column(heading, items, empty) {
    return el(
      'div',
      {class: 'wb-side'},
      el('h5', {}, heading),
      items.length ? el('ul', {class: 'wb-claims'}, items) : el('p', {class: 'wb-claim-meta'}, empty)
    );
  }

  function aspectsOf(claim) {
    return (claim.about || []).length ? claim.about : ['occurrence'];
  }

  const isWithdrawal = (claim) => claim.stance === 'withdraws';

  /** For each aspect, who speaks for it beside who denies it. */
  function aspects(index, cites, told, claims, statuses) {
    const extra = claims.flatMap(aspectsOf).filter((aspect) => !ASPECTS.includes(aspect));
    return [...new Set(ASPECTS.concat(extra))].map((aspect) => {
      const about = claims.filter((claim) => aspectsOf(claim).includes(aspect));
      const yes = about.filter((claim) => FOR.includes(claim.stance));
      const no = about.filter((claim) => AGAINST.includes(claim.stance));
      if (!yes.length && !no.length) return null;
      const item = (claim) => claimItem(index, cites, told, claim);
      return el(
        'div',
        {class: 'wb-aspect' + (yes.length && no.length ? ' is-split' : '')},
        el(
          'h4',
          {},
          name('aspect', aspect),
          statuses && statuses[aspect]
            ? [' ', el('span', {class: 'wb-aspect-status'}, index.statusLabel(statuses[aspect]))]
            : null
        ),
        el(
          'div',
          {class: 'wb-sides'},
          yes.length ? column(t('claims-for'), yes.map(item)) : null,
          no.length ? column(t(no.every(isWithdrawal) ? 'claims-withdrawn' : 'claims-against'), no.map(item)) : null
        )
      );
    });
  }

  /** Searches that found nothing, and remarks: shown, never counted. */
  function remarks(index, cites, told, claims, notFound) {
    const searched = claims.filter((claim) => claim.stance === 'searched');
    const notes = claims.filter((claim) => claim.stance === 'notes');
    const items = (group) =>
      el(
        'ul',
        {class: 'wb-claims'},
        group.map((claim) => claimItem(index, cites, told, claim))
      );
    return [
      searched.length || notFound
        ? el(
            'div',
            {class: 'wb-aspect is-search'},
            el('h4', {}, t('not-found')),
            notFound ? el('p', {}, notFound) : null,
            searched.length ? items(searched) : null
          )
        : null,
      notes.length ? el('div', {class: 'wb-aspect'}, el('h4', {}, t('notes')), items(notes)) : null
    ];
  }

  /** The routes that a claim speaks of: those that it names, else all of its events'. */
  function routesOf(index, claim) {
    const named = claim.routes || [];
    const ids = named.length ? named : index.pick('events', claim.events).flatMap((event) => event.routes || []);
    return index.pick('routes', [...new Set(ids)]);
  }

  /** What a figure is of, in the words of its claim, and which routes it covers where it is not of one alone. */
  function subject(index, claim) {
    const routes = routesOf(index, claim);
    const titles = routes.map((route) => route.title).join('; ');
    return el(
      'td',
      {colspan: 4},
      el('span', {lang: index.language}, claim.statement || ''),
      routes.length > 1 ? [' ', el('strong', {}, t('figures-routes', {n: routes.length})), ' ', el('span', {lang: index.language}, titles)] : null
    );
  }

  /** Figures of different claims beside each other, with what each is of and counts from; those of `own` stand out. */
  function figures(index, cites, claims, heading, own) {
    const counted = claims.filter((claim) => claim.quantity_text && !AGAINST.includes(claim.stance));
    if (!counted.length) return null;
    const row = (claim) => [
      el(
        'tr',
        {class: own && own.has(claim) ? 'is-own' : null},
        el('td', {}, index.nameOf('parties', claim.party)),
        el('td', {class: 'is-figure'}, claim.quantity_text.split(', counted from')[0]),
        el('td', {}, claim.counted_from_text || '–'),
        el('td', {}, saidOn(claim), ' ', cites.marks(claim.sources))
      ),
      el('tr', {class: 'wb-figure-subject'}, subject(index, claim))
    ];
    return el(
      'section',
      {},
      el(heading || 'h3', {}, counted.length > 1 ? t('figures') : t('figure')),
      table(
        ['who', 'figure', 'since', 'said'].map((key) => t(key)),
        counted.flatMap(row)
      ),
      counted.length > 1 ? el('p', {class: 'wb-claim-meta'}, t('figures-note')) : null
    );
  }

  Waybill.claims = {aspects, remarks, figures, inOrder, head, scope, content, side, saidOn};
})(typeof globalThis === 'object' ? globalThis : this);
