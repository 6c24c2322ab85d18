import { expect, it } from '@jest/globals';
import { runInThisContext } from 'node:vm';
import { takesParameters } from '../../../lib/catalog/event-class/takes-parameters.js';

/** A class from its text, as a compiler or a minifier may leave it. */
const classOf = (text: string): unknown => runInThisContext(`(${text})`);

it.each([
  ['class { constructor(values) {} }', true],
  ['class { constructor(values = {}) {} }', true],
  ['class { constructor({ price } = {}) {} }', true],
  ['class { url = "http://x"; constructor(a = {}) {} }', true],
  ["class{url='//';constructor(a={}){}}", true],
  ['class {}', false],
  ['class { constructor() {} }', false],
  ['class { constructor(...given) {} }', false],
  ['class { constructor( /* nothing */ ) {} }', false],
  ['class { help() { return "constructor(x)"; } }', false],
  ['class { help() { return `constructor(x)`; } }', false],
  ['class { /* constructor(x) */ }', false],
  ['class { make() { return new this.constructor(1); } }', false],
])('of %s it says %s', (text, takes) => {
  expect(takesParameters(classOf(text))).toBe(takes);
});

it('asks the classes that a class extends', () => {
  class Base {
    constructor(readonly price = 1) {}
  }
  expect(takesParameters(class extends Base {})).toBe(true);
  expect(takesParameters(undefined)).toBe(false);
});
