/**
 * House rules that no linter knows: names, promises without an issue, unexplained silences, the
 * clock in `lib`, and that each numbered rule of a SPEC.md is cited by a test and each citation
 * exists. (Default exports, `any` and bare numbers in `lib/margin` are oxlint's: .oxlintrc.json.)
 */
import { readFileSync } from 'node:fs';
import { sourceFiles } from './sources.ts';

const MARGIN_SPEC = 'lib/margin/SPEC.md';
const TEST = /\.(test|fuzz|contract)\.tsx?$|\.spec\.ts$/;
const LAZY_NAME = /(^|\/|[-_.])(utils?|helpers?|common)(?=\/|[-_.])/;

/** What no line may say, where, and what to do instead. */
const LINE_RULES: readonly {
  readonly pattern: RegExp;
  readonly where: RegExp;
  readonly advice: string;
}[] = [
  {
    pattern: /\b(TO{1}DO|FIX{1}ME)\b(?!.*#\d+)/,
    where: /./,
    advice: 'name the issue it waits for, as in #12',
  },
  {
    pattern: /(oxlint-disabl{1}e|eslint-disabl{1}e)(?!.* -- \S)|@ts-expect-erro{1}r\s*(\*\/)?\s*$/,
    where: /./,
    advice: 'say why after it (" -- reason")',
  },
  {
    pattern: /\bnew Date\(\s*\)|(?<![.\w])Date\(\s*\)/,
    where: /^lib\/(?!.*\.(test|fuzz|bench)\.)/,
    advice: 'pass the time in: lib is pure',
  },
];

function problemsIn(path: string, text: string): string[] {
  const lines = text.split('\n');
  return LINE_RULES.filter((rule) => rule.where.test(path)).flatMap((rule) =>
    lines.flatMap((line, index) =>
      rule.pattern.test(line) ? [`${path}:${index + 1}: ${rule.advice}: ${line.trim()}`] : [],
    ),
  );
}

/** Ids that open a heading, a list item or a table row: `## MR1 …`, `- **LQ4** …`, `| BK2 | …`. */
function ruleIdsOf(spec: string): string[] {
  return [...spec.matchAll(/^\s*(?:#+|[-*]|\|)\s*[*`[]*([A-Z]{2,3}\d+)\b/gm)].map(
    (match) => match[1] ?? '',
  );
}

/** Ids in brackets inside a test: `[LQ4] …`, `[LQ4, MR1] …`. */
function citationsOf(test: string): string[] {
  return [...test.matchAll(/\[([A-Z]{2,3}\d+(?:,\s*[A-Z]{2,3}\d+)*)\]/g)].flatMap((match) =>
    (match[1] ?? '').split(/,\s*/),
  );
}

const texts = new Map(
  sourceFiles(['.ts', '.tsx', '.mjs', '.css', '.sql', '.md']).map((path) => [
    path,
    readFileSync(path, 'utf8'),
  ]),
);
const specs = [...texts].filter(([path]) => path.endsWith('/SPEC.md'));
const rules = specs.flatMap(([path, text]) => ruleIdsOf(text).map((id) => ({ id, path })));
const known = new Set(rules.map((rule) => rule.id));
const citations = [...texts]
  .filter(([path]) => TEST.test(path))
  .flatMap(([path, text]) => citationsOf(text).map((id) => ({ id, path })));
const cited = new Set(citations.map((citation) => citation.id));

const problems = [
  ...sourceFiles([''])
    .filter((path) => LAZY_NAME.test(path))
    .map((path) => `${path}: name it after what it holds`),
  ...[...texts]
    .filter(([path]) => !path.endsWith('.md'))
    .flatMap(([path, text]) => problemsIn(path, text)),
  ...(texts.has(MARGIN_SPEC) ? [] : [`${MARGIN_SPEC} is missing`]),
  ...(texts.has(MARGIN_SPEC) && rules.length === 0 ? [`${MARGIN_SPEC} has no numbered rule`] : []),
  ...rules
    .filter((rule, index) => rules.findIndex((other) => other.id === rule.id) !== index)
    .map((rule) => `${rule.path}: ${rule.id} is defined twice`),
  ...rules
    .filter((rule) => !cited.has(rule.id))
    .map((rule) => `${rule.path}: no test cites [${rule.id}]`),
  ...citations
    .filter((citation) => !known.has(citation.id))
    .map((citation) => `${citation.path}: [${citation.id}] is in no SPEC.md`),
];
for (const problem of new Set(problems)) console.error(problem);
console.log(
  `tidy: ${texts.size} files, ${known.size} rules, ${cited.size} cited, ${problems.length} problems`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
