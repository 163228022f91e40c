'use strict';
/* A window with an address and a history, a map and a store, as far as the state of the page needs them. */

class Emitter {
  constructor() {
    this.heard = {};
  }
  addEventListener(type, fn) {
    (this.heard[type] = this.heard[type] || []).push(fn);
  }
  removeEventListener(type, fn) {
    this.heard[type] = (this.heard[type] || []).filter((one) => one !== fn);
  }
  emit(type, event) {
    (this.heard[type] || []).forEach((fn) => fn(event || {type}));
  }
}

class FakeWindow extends Emitter {
  constructor(url, {forbidden, parent} = {}) {
    super();
    this.entries = [{url, state: null}];
    this.at = 0;
    this.forbidden = forbidden;
    this.parent = parent || this;
    const self = this;
    const put = (make) => (state, title, address) => {
      if (self.forbidden) throw new Error('SecurityError');
      make({url: address === undefined ? self.entries[self.at].url : address, state});
    };
    this.history = {
      get state() {
        return self.entries[self.at].state;
      },
      pushState: put((entry) => {
        self.entries.splice(self.at + 1, Infinity, entry);
        self.at += 1;
      }),
      replaceState: put((entry) => {
        self.entries[self.at] = entry;
      })
    };
    this.location = {
      get href() {
        return self.entries[self.at].url;
      },
      get hash() {
        const [, hash] = /#(.*)$/.exec(self.entries[self.at].url) || [];
        return hash ? '#' + hash : '';
      },
      get protocol() {
        return new URL(self.entries[self.at].url).protocol;
      }
    };
  }
  go(step) {
    this.at += step;
    this.emit('popstate');
    this.emit('hashchange');
  }
  /** What typing another fragment does. */
  type(hash) {
    this.entries.splice(this.at + 1, Infinity, {url: this.location.href.split('#')[0] + hash, state: null});
    this.go(1);
  }
}

class FakeMap extends Emitter {
  constructor(lat, lng, zoom) {
    super();
    Object.assign(this, {lat, lng, zoom, container: new Emitter(), width: 1000});
  }
  getContainer() {
    return this.container;
  }
  getCenter() {
    if (this.zoom === undefined) throw new Error('Set map center and zoom first.');
    return {lat: this.lat, lng: this.lng};
  }
  getZoom() {
    return this.zoom;
  }
  getSize() {
    return {x: this.width, y: 600};
  }
  on(types, fn) {
    types.split(' ').forEach((type) => this.addEventListener(type, fn));
  }
  off(types, fn) {
    types.split(' ').forEach((type) => this.removeEventListener(type, fn));
  }
  setView([lat, lng], zoom, options) {
    if (!options || options.animate !== false) throw new Error('a state is restored without a flight');
    Object.assign(this, {lat, lng, zoom});
    this.emit('moveend');
  }
}

const FACTS = {
  case: {title: 'A case'},
  layers: [{id: 'g'}, {id: 'a', parent: 'g'}, {id: 'b', parent: 'g'}, {id: 'lone'}],
  parties: [{id: 'us'}, {id: 'dprk'}],
  events: [{id: 'e22'}],
  routes: [{id: 'r-one'}],
  places: [{id: 'khasan'}]
};
const OPENING = {on: ['a'], known: null, from: null, to: null, by: null, sel: null, lang: 'en'};

function fakeStore(opening) {
  const listeners = [];
  const store = {
    state: Object.assign({}, OPENING, opening),
    facts: FACTS,
    groups: [{id: 'allies', parties: ['us']}],
    set(changes, options) {
      const changed = new Set(Object.keys(changes));
      Object.assign(store.state, changes);
      listeners.forEach((fn) => fn({changed, store, options: options || {}}));
    },
    subscribe: (fn) => listeners.push(fn)
  };
  return store;
}

module.exports = {Emitter, FakeWindow, FakeMap, fakeStore, OPENING};
