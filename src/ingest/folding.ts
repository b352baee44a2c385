/** What the spellings of a name have in common, letter by letter: case, width, accents, Greek, LaTeX, marks. */

const GREEK = new Map(
  Object.entries({
    α: 'alpha', β: 'beta', γ: 'gamma', δ: 'delta', ε: 'epsilon', ζ: 'zeta', η: 'eta', θ: 'theta', ι: 'iota',
    κ: 'kappa', λ: 'lambda', μ: 'mu', ν: 'nu', ξ: 'xi', ο: 'omicron', π: 'pi', ρ: 'rho', σ: 'sigma', ς: 'sigma',
    τ: 'tau', υ: 'upsilon', φ: 'phi', χ: 'chi', ψ: 'psi', ω: 'omega',
  }),
); // prettier-ignore

/** Signs that are read as words; `∆`, `∑` and `∏` are no letters, though they look like Greek ones. */
const SIGNS = new Map(
  Object.entries({
    '×': 'x', '∞': ' infinity ', '∆': ' delta ', '∑': ' sigma ', '∏': ' pi ', '∇': ' nabla ', '∂': ' partial ',
    '&': ' and ', '∗': '*', '⋆': '*', '⁎': '*', ß: 'ss',
  }),
); // prettier-ignore

const WORDS_OF_SIGNS: Readonly<Record<string, string>> = { '+': ' plus ', '#': ' sharp ', '*': ' star ' };

/** `+`, `#` and single stars behind a letter or digit, `+` also behind spaces. */
const ATTACHED = /(?<=[\p{L}\p{N}][)\]}+#*]{0,8})(?:[+#]|(?<!\*)\*(?!\*))|(?<=[\p{L}\p{N}]\s{1,4})\+/gu;

/** Names that need no folding but that of case: most of them. */
const PLAIN = /^[\w\s\-./,:;()'"]*$/;

const withoutLatex = (name: string): string =>
  name
    .replace(/\\(?:text[a-z]*|math[a-z]*|emph|mbox|operatorname|bf|rm|it|sc|tt)(?![a-zA-Z])/g, '')
    .replace(/\\times(?![a-zA-Z])|(?<=\d)times(?=\d)/g, '×')
    .replace(/\\infty(?![a-zA-Z])/g, '∞')
    .replace(/\\(?:ast|star)(?![a-zA-Z])/g, '*')
    .replace(/\\(?:var(?=epsilon|theta|phi|rho|sigma|pi))?(?=[a-zA-Z])/g, '')
    .replace(/\$/g, '')
    .replace(/\^\{?\s?(?=[*+])/g, '');

/** Emphasis and headings of Markdown are no part of a name. */
const withoutMarkdown = (name: string): string =>
  name.replace(/^\s*#+\s/, '').replace(/^\s*(\*{1,3})(.*?)\1\s*$/s, '$2');

/**
 * The letters, digits and separators of a name, with what never makes a difference folded: case, width, accents of
 * Latin and Greek letters, LaTeX, Markdown. `+`, `#` and `*` that stand at a letter or digit are spelled out; a star
 * that stands apart or is doubled is a footnote mark and counts for nothing. A raised digit after a digit is a word.
 */
export const fold = (name: string): string =>
  PLAIN.test(name)
    ? name.toLowerCase().replace(/(?<=\d)times(?=\d)/g, 'x')
    : withoutMarkdown(withoutLatex(name))
        .replace(/&amp;/g, '&')
        .replace(/[\p{Cf}™®℠]/gu, '')
        .replace(/(?<=\p{Nd})(?=[²³¹⁰⁴-⁹₀-₉])/gu, ' ')
        .normalize('NFKD')
        .replace(/(?<=[\p{Script=Latin}\p{Script=Greek}])\p{M}+/gu, '')
        .normalize('NFC')
        .toLowerCase()
        .replace(/[\p{Script=Greek}\p{Sm}&⁎ß]/gu, (sign) => GREEK.get(sign) ?? SIGNS.get(sign) ?? sign)
        .replace(/(?<=\d)\s?\*\s?(?=\d)/g, 'x')
        .replace(ATTACHED, (sign) => WORDS_OF_SIGNS[sign] ?? sign);

/** Letters of other alphabets that pass for Latin ones. */
const CYRILLIC = 'АВЕКМНОРСТУХІЈЅҮԚԜаеорсухіјѕԁԛԝѵһү';
const GREEK_CAPITALS = 'ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϲϳ';
const LOOKS_LATIN = new RegExp(`^[\\p{Script=Latin}${CYRILLIC}${GREEK_CAPITALS}]+$`, 'u');
const ALIEN = new RegExp(
  `[\\p{Script=Cyrillic}\\p{Script=Armenian}\\p{Script=Cherokee}\\p{Script=Coptic}\\p{Script=Lisu}${GREEK_CAPITALS}]|(?<=\\p{Script=Latin})\\p{Script=Greek}(?=\\p{Script=Latin})`,
  'u',
);

/**
 * The first letter of a name that stands in a word as if it were Latin but is not, null where there is none:
 * the first letter of `СLIP` may be Cyrillic. `β-VAE` and words of another alphabet are as they should be.
 */
export function lookAlike(name: string): string | null {
  if (PLAIN.test(name)) return null;
  for (const word of name.normalize('NFKC').match(/\p{L}+/gu) ?? []) {
    const alien = ALIEN.exec(word)?.[0];
    if (alien === undefined) continue;
    const lone = word.length === 1 && GREEK_CAPITALS.includes(word);
    if (/\p{Script=Latin}/u.test(word) || (LOOKS_LATIN.test(word) && !lone)) return alien;
  }
  return null;
}
