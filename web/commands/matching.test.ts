import { expect, it } from 'vitest';
import { fitOf } from './matching.ts';

it.each([
  ['', 'Find and replace'],
  ['find', 'Find and replace'],
  ['repl fi', 'Find and replace'],
  ['far', 'Find and replace'],
  ['FIND', 'Find and replace'],
  ['nlink', 'New invite link'],
  ['ete', 'Delete document'],
  ['pref', 'Settings…', 'preferences options'],
  ['uber', 'Über Weft'],
  ['공', '공유…'],
  ['고', '공유…'],
  ['ㄱ', '공유…'],
  ['ㄱㅇ', '공유…'],
  ['공ㅇ', '공유…'],
  ['찾ㄱ', '찾기 및 바꾸기'],
  ['ㅊㄱ', '찾기 및 바꾸기'],
  ['바꾸', '찾기 및 바꾸기'],
  ['과', '관리'],
])('%j finds %j', (typed, name, also?: string) => {
  expect(fitOf(typed, name, also) > 0 || typed === '').toBe(true);
});

it.each([
  ['x', 'Find and replace'],
  ['find x', 'Find and replace'],
  ['dnif', 'Find and replace'],
  ['int', 'Find and replace'],
  ['공', '설정…'],
  ['ㅂ', '공유…'],
])('%j does not find %j', (typed, name) => {
  expect(fitOf(typed, name)).toBe(0);
});

it.each([
  ['fi', 'Find and replace', 'Save the file'],
  ['re', 'Find and replace', 'Share…'],
  ['are', 'Share…', 'All recent edits'],
  ['set', 'Settings…', 'Text size'],
])('%j means %j rather than %j', (typed, better, worse) => {
  expect(fitOf(typed, better)).toBeGreaterThan(fitOf(typed, worse));
});
