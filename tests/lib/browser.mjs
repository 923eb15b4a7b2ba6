// Debian's Chromium through playwright-core, and the checks that every page must pass.
import { createRequire } from 'node:module';
import path from 'node:path';
import { root } from './server.mjs';

const require = createRequire(path.join(root, 'tests/node/'));
const { chromium } = require('playwright-core');
const { HtmlValidate } = require('html-validate');
const axe = require.resolve('axe-core/axe.min.js');

export async function openBrowser() {
	return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic',
		'--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
}

const validator = new HtmlValidate({
	extends: ['html-validate:recommended'],
	rules: {
		'long-title': 'off', // a title may be a person's words
		'no-trailing-whitespace': 'off',
		'void-style': 'off',
		'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'button', 'submit', 'reset'] }],
		'prefer-native-element': 'off',
		'svg-focusable': 'off',
		'attribute-boolean-style': 'off',
		'no-inline-style': 'error',
		'tel-non-breaking': 'off',
		'doctype-style': 'off',
		'no-implicit-button-type': 'off',
		'prefer-button': 'off', // the point is pressed on the picture of the place
		'no-redundant-role': 'off',
		'attribute-empty-style': 'off', // the browser writes hidden="" when it prints its page
	},
});

export async function sourceFindings(source, where) {
	const report = await validator.validateString(source);
	return report.results.flatMap((r) => r.messages.filter((m) => m.severity === 2).map((m) => `${where}: html ${m.ruleId}: ${m.message} (line ${m.line})`));
}

// Accessibility, markup, nothing sideways. Findings as lines, so that a test can show all of them.
export async function findings(page, where) {
	const out = await sourceFindings(await page.content(), where);
	const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
	if (wide > 0) out.push(`${where}: ${wide} px wider than the window`);
	return out;
}

// axe runs in a context whose policy is set aside; the pages are the same.
export async function axeFindings(page, where, { forced = false } = {}) {
	const { readFileSync } = require('node:fs');
	await page.evaluate(readFileSync(axe, 'utf8') + '; void 0');
	const r = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
	// in forced colours the system picks the colours; axe reads those of the style sheet
	return r.violations.filter((v) => !(forced && v.id === 'color-contrast')).map((v) => `${where}: axe ${v.id}: ${v.help} (${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join('; ')})`);
}
