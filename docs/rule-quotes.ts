import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDERS = ['shared', 'server', 'web', 'testing', 'bench', 'scripts', 'docs', 'deploy', 'e2e'];

/** A page of the documentation, by its path from the root. */
export function readPage(name: string): string {
  return readFileSync(path.join(ROOT, name), 'utf8');
}

/** Every id of that form in the title of a test, with the places. */
export function quotedIn(form: RegExp): Map<string, string[]> {
  const quoted = new Map<string, string[]>();
  for (const file of FOLDERS.flatMap(testFilesBelow)) {
    for (const title of titlesOf(file)) {
      for (const [id] of title.matchAll(form)) {
        quoted.set(id, [...(quoted.get(id) ?? []), `${path.relative(ROOT, file)}: ${title}`]);
      }
    }
  }
  return quoted;
}

function testFilesBelow(folder: string): string[] {
  if (!existsSync(path.join(ROOT, folder))) return [];
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(test|spec)\.ts$/.test(name))
    .map((name) => path.join(ROOT, folder, name));
}

/** The titles of tests and groups, as they stand in the source. */
function titlesOf(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  const titles: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /^(it|test|describe)$/.test(calleeOf(node.expression))) {
      const [title] = node.arguments;
      if (title !== undefined && (ts.isStringLiteralLike(title) || ts.isTemplateExpression(title))) {
        titles.push(title.getText(source));
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return titles;
}

/** The name that a call begins with, under its modifiers and its table of cases. */
function calleeOf(callee: ts.Expression): string {
  if (ts.isPropertyAccessExpression(callee) || ts.isCallExpression(callee)) return calleeOf(callee.expression);
  return ts.isIdentifier(callee) ? callee.text : '';
}
