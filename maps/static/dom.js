/* Elements from text only, and links only to where a link may lead. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const SVG = 'http://www.w3.org/2000/svg';
  const SAFE_SCHEMES = ['http:', 'https:'];
  const LONG = 5000;
  const PART = /[^]{1,200}/gu;
  const DOI = /^(?:doi:\s*)?(10\.\d{4,9}\/[^\s<>"']+)$/i;

  /** An address that is safe to link to, or null. Takes http, https and doi; refuses everything else. */
  function safeUrl(value) {
    if (typeof value !== 'string') return null;
    const text = value.trim();
    const doi = DOI.exec(text);
    if (doi) return 'https://doi.org/' + encodeURI(doi[1]);
    if (!/^https?:\/\//i.test(text)) return null;
    try {
      const url = new URL(text);
      if (!SAFE_SCHEMES.includes(url.protocol) || !url.hostname || url.username || url.password) return null;
      return url.href;
    } catch (error) {
      return null;
    }
  }

  /** Plain text as HTML, for the few Leaflet calls that only take HTML. */
  function escapeText(value) {
    const entities = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;'};
    return String(value === null || value === undefined ? '' : value).replace(/[&<>"']/g, (c) => entities[c]);
  }

  /** A text; one so long that a browser would take minutes to break it into lines gets places where it may. */
  function text(value) {
    if (value.length < LONG) return document.createTextNode(value);
    const parts = value.match(PART).flatMap((part) => [document.createTextNode(part), document.createElement('wbr')]);
    const whole = document.createDocumentFragment();
    parts.slice(0, -1).forEach((part) => whole.appendChild(part));
    return whole;
  }

  function append(node, child) {
    if (child === null || child === undefined || child === false || child === '') return node;
    if (Array.isArray(child)) child.forEach((one) => append(node, one));
    else node.appendChild(typeof child === 'object' ? child : text(String(child)));
    return node;
  }

  function set(node, attributes) {
    Object.keys(attributes || {}).forEach((key) => {
      const value = attributes[key];
      if (value === null || value === undefined || value === false) return;
      if (key === 'class') node.setAttribute('class', value);
      else if (key === 'on') Object.keys(value).forEach((type) => node.addEventListener(type, value[type]));
      else if (key === 'vars') Object.keys(value).forEach((name) => node.style.setProperty(name, value[name]));
      else node.setAttribute(key, value === true ? '' : value);
    });
    return node;
  }

  /** An HTML element; children are nodes or plain text. */
  function el(tag, attributes, ...children) {
    return append(set(document.createElement(tag), attributes), children);
  }

  /** An SVG element. */
  function svg(tag, attributes, ...children) {
    return append(set(document.createElementNS(SVG, tag), attributes), children);
  }

  /** A link, or the same text unlinked when the address is not a safe one. */
  function link(url, text, className) {
    const href = safeUrl(url);
    if (!href) return el('span', {class: className}, text);
    return el('a', {href, class: className, target: '_blank', rel: 'noopener noreferrer'}, text);
  }

  function button(className, name, action, ...children) {
    return el(
      'button',
      {type: 'button', class: className, 'aria-label': name, title: name, on: {click: action}},
      children
    );
  }

  /** A table that scrolls sideways where it is too wide: headings as text, rows as `tr` elements. */
  function table(heads, rows) {
    const head = el('tr', {}, heads.map((text) => el('th', {scope: 'col'}, text)));
    return el('div', {class: 'wb-scroll'}, el('table', {class: 'wb-table'}, el('thead', {}, head), el('tbody', {}, rows)));
  }

  function clear(node) {
    while (node.firstChild) node.removeChild(node.firstChild);
    return node;
  }

  function calm() {
    return !!(root.matchMedia && root.matchMedia('(prefers-reduced-motion: reduce)').matches);
  }

  /** Note, once, that the lines of the page are drawn, for those who measure it. */
  function drawn() {
    if (!performance.getEntriesByName('waybill-lines-drawn').length) performance.mark('waybill-lines-drawn');
  }

  Waybill.dom = {drawn, el, svg, link, button, table, clear, safeUrl, escapeText, calm};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.dom;
})(typeof globalThis === 'object' ? globalThis : this);
