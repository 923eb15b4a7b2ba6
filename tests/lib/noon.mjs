// A country where it is about noon now: for what happens on one day, whatever the hour at which tests run.
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from './server.mjs';

export function countryAtNoon() {
	const ahead = 12 - new Date().getUTCHours(), zone = `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`; // POSIX signs: Etc/GMT-5 is five hours ahead
	const dir = mkdtempSync(path.join(tmpdir(), 'jauap-noon-')), pack = path.join(dir, 'country/kz'), file = path.join(pack, 'pack.yaml');
	cpSync(path.join(root, 'country/kz'), pack, { recursive: true });
	symlinkSync(path.join(root, 'data'), path.join(dir, 'data'));
	writeFileSync(file, readFileSync(file, 'utf8').replace(/^zone: .*$/m, `zone: ${zone}`));
	return { settings: ['--country', pack], now: new Date(Date.now() + ahead * 3600e3), end: () => rmSync(dir, { recursive: true }) };
}
