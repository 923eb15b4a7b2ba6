/*
 * site.js: comforts only; every page works without it. Nothing here makes markup from strings, and all words come from the page.
 *
 *   <form data-draft="KEY">        unsent text is kept on this device for a week; #draft-note (page_foot) offers it back
 *   data-draft-done="KEY"          the page behind a successful form: the draft goes
 *   data-private                   a field that is never kept
 *   <textarea data-max> + .left    counter; data-left="{n} left" data-over="{n} too many"
 *   <select data-within="ID">      shows only options whose data-in equals the value of #ID
 *   data-live="URL" id="..."       event stream: "numbers" sets [data-key] texts from a JSON object, "refresh" fetches the page again
 *   .queue                         j k Enter / ? on the desk, unless switched off in #keys
 *   <form data-check="URL">        what the server finds in the answer replaces #check after a pause
 *   data-copy="ID" data-done="Copied", data-print   buttons, hidden in the markup
 */
(function () {
	'use strict';
	var WEEK = 7 * 86400e3, doc = document;

	function each(selector, fn, root) {
		[].forEach.call((root || doc).querySelectorAll(selector), fn);
	}
	function byId(id) {
		return doc.getElementById(id);
	}
	/* Private windows and full disks throw: comfort then is simply absent. */
	function kept(key, value) {
		try {
			if (value === undefined)
				return localStorage.getItem(key);
			if (value === null)
				localStorage.removeItem(key);
			else
				localStorage.setItem(key, value);
		} catch (e) { }
		return null;
	}

	/* errors: the summary is read first; its links lead into the field, not only near it */
	each('.errors', function (box) {
		box.focus();
		box.addEventListener('click', function (ev) {
			var to = ev.target.hash && byId(decodeURIComponent(ev.target.hash.slice(1)));

			if (!to)
				return;
			ev.preventDefault();
			to.scrollIntoView();
			to.focus();
		});
	});

	/* browsers do not know how kk writes numbers; the server does, and so do we: four digits stay together */
	function grouped(n) {
		return n < 10000 ? n : String(n).replace(/\B(?=(\d{3})+$)/g, doc.documentElement.lang === 'en' ? ',' : '\u00a0');
	}

	/* counter */
	each('textarea[data-max]', function (area) {
		var line = byId(area.id + '-left'), timer;

		function show() {
			var left = area.getAttribute('data-max') - Array.from(area.value).length;

			line.hidden = false;
			line.classList.toggle('over', left < 0);
			line.textContent = line.getAttribute(left < 0 ? 'data-over' : 'data-left')
				.replace('{n}', grouped(Math.abs(left)));
		}
		if (!line || !Array.from)
			return;
		area.addEventListener('input', function () {
			clearTimeout(timer);
			timer = setTimeout(show, 250); /* a screen reader hears the pause, not each letter */
		});
		show();
	});

	/* drafts */
	function fields(form, fn) {
		each('input, textarea, select', function (el) {
			if (el.name && !/^(hidden|password|file|submit)$/.test(el.type) && !el.hasAttribute('data-private'))
				fn(el, /^(radio|checkbox)$/.test(el.type));
		}, form);
	}
	function draft(form) {
		var key = 'draft:' + form.getAttribute('data-draft'), note = byId('draft-note'), timer, saved, typed = false;

		function save() {
			var all = [], any = false;

			fields(form, function (el, pick) {
				all.push([el.name, el.value, pick ? el.checked : null]);
				any = any || (el.tagName === 'TEXTAREA' && el.value.trim().length > 0);
			});
			if (any)
				kept(key, JSON.stringify({ at: Date.now(), all: all }));
		}
		function restore() {
			fields(form, function (el, pick) {
				saved.all.forEach(function (one) {
					if (one[0] !== el.name || (pick && one[1] !== el.value))
						return;
					if (pick)
						el.checked = one[2];
					else
						el.value = one[1];
					el.dispatchEvent(new Event(pick || el.tagName === 'SELECT' ? 'change' : 'input', { bubbles: true }));
				});
			});
		}
		function differs() {
			var yes = false;

			fields(form, function (el) {
				saved.all.forEach(function (one) {
					yes = yes || (el.tagName === 'TEXTAREA' && one[0] === el.name && one[1].trim() && one[1] !== el.value);
				});
			});
			return yes;
		}
		try {
			saved = JSON.parse(kept(key));
		} catch (e) { }
		if (saved && Date.now() - saved.at > WEEK) {
			kept(key, null);
			saved = null;
		}
		if (saved && note && differs()) {
			form.parentNode.insertBefore(note, form);
			note.hidden = false;
			note.addEventListener('click', function (ev) {
				var act = ev.target.getAttribute('data-act');

				if (act === 'restore')
					restore();
				else if (act === 'drop')
					kept(key, null);
				else
					return;
				note.hidden = true;
				(form.querySelector('textarea') || form).focus();
			});
		}
		form.addEventListener('input', function () {
			clearTimeout(timer);
			timer = setTimeout(save, 400);
			typed = true;
		});
		addEventListener('pagehide', function () { /* submitted, left or closed */
			if (typed)
				save();
		});
	}
	each('form[data-draft]', draft);
	each('[data-draft-done]', function (el) {
		kept('draft:' + el.getAttribute('data-draft-done'), null);
	});

	/* a nervous finger: the second press within 10 seconds is not sent (the server would answer it the same anyway) */
	doc.addEventListener('submit', function (ev) {
		var form = ev.target, now = Date.now();

		if ((form.getAttribute('method') || '').toLowerCase() !== 'post' || ev.defaultPrevented)
			return;
		if (form.sent && now - form.sent < 10000)
			ev.preventDefault();
		else
			form.sent = now;
	});
	addEventListener('pageshow', function () {
		each('form', function (form) {
			form.sent = 0;
		});
	});

	/* district by region */
	each('select[data-within]', function (select) {
		var over = byId(select.getAttribute('data-within')), all = [].slice.call(select.querySelectorAll('option'));

		function filter() {
			var was = select.value;

			while (select.firstChild)
				select.removeChild(select.firstChild);
			all.forEach(function (option) {
				var within = option.getAttribute('data-in');

				if (!within || within === over.value)
					select.appendChild(option);
			});
			select.value = was;
			if (select.selectedIndex < 0)
				select.selectedIndex = 0;
		}
		if (!over)
			return;
		over.addEventListener('change', filter);
		filter();
	});

	/* live regions */
	function live(box) {
		var stream, busy, again;

		function numbers(ev) {
			var all = JSON.parse(ev.data);

			each('[data-key]', function (el) {
				var text = all[el.getAttribute('data-key')];

				if (text !== undefined && el.textContent !== String(text))
					el.textContent = text;
			}, box);
		}
		function refresh() {
			again = busy; /* what is heard meanwhile is not lost */
			if (busy)
				return;
			busy = true;
			setTimeout(function () {
				busy = false;
				if (again)
					refresh();
			}, 5000);
			fetch(location.href, { credentials: 'same-origin' }).then(function (got) {
				return got.ok ? got.text() : '';
			}).then(function (text) {
				var fresh = new DOMParser().parseFromString(text, 'text/html').getElementById(box.id);

				if (!fresh || box.contains(doc.activeElement))
					return;
				while (box.firstChild)
					box.removeChild(box.firstChild);
				while (fresh.firstChild)
					box.appendChild(doc.adoptNode(fresh.firstChild));
			}).catch(function () { });
		}
		function open() {
			if (doc.hidden) {
				if (stream)
					stream.close();
				stream = null;
			} else if (!stream) {
				stream = new EventSource(box.getAttribute('data-live'));
				stream.addEventListener('numbers', numbers);
				stream.addEventListener('refresh', refresh);
			}
		}
		doc.addEventListener('visibilitychange', open);
		open();
	}
	if (self.EventSource && self.fetch && !(navigator.connection && navigator.connection.saveData))
		each('[data-live]', live);

	/* the check of an answer while one types */
	function check(form) {
		var timer, last = '';

		form.addEventListener('input', function () {
			clearTimeout(timer);
			timer = setTimeout(function () {
				var body = new URLSearchParams(new FormData(form)), box = byId('check');

				if (String(body) === last)
					return;
				last = String(body);
				fetch(form.getAttribute('data-check'), { method: 'POST', body: body, credentials: 'same-origin' }).then(function (got) {
					return got.text();
				}).then(function (text) {
					var fresh = new DOMParser().parseFromString(text, 'text/html').getElementById('check');

					if (fresh && box && !box.contains(doc.activeElement))
						box.parentNode.replaceChild(doc.adoptNode(fresh), box);
				}).catch(function () { });
			}, 700);
		});
	}
	if (self.fetch && self.URLSearchParams)
		each('form[data-check]', check);

	/* the desk's keys; they can be switched off (WCAG 2.1.4) */
	function keys(queue) {
		var help = byId('keys'), off = help && help.querySelector('[type=checkbox]'), at = -1;

		function go(step) {
			var rows = queue.querySelectorAll('tbody tr'), link;

			if (!rows.length)
				return;
			if (rows[at])
				rows[at].removeAttribute('aria-selected');
			at = Math.max(0, Math.min(rows.length - 1, at + step));
			rows[at].setAttribute('aria-selected', 'true');
			link = rows[at].querySelector('a');
			if (link)
				link.focus(); /* Enter then opens it by itself */
		}
		if (off) {
			off.checked = kept('keys') !== 'off';
			off.addEventListener('change', function () {
				kept('keys', off.checked ? 'on' : 'off');
			});
		}
		doc.addEventListener('keydown', function (ev) {
			if (ev.ctrlKey || ev.altKey || ev.metaKey || kept('keys') === 'off' ||
				/^(INPUT|TEXTAREA|SELECT)$/.test(ev.target.tagName))
				return;
			if (ev.key === 'j')
				go(1);
			else if (ev.key === 'k')
				go(-1);
			else if (ev.key === '/' && doc.querySelector('[type=search]'))
				doc.querySelector('[type=search]').focus();
			else if (ev.key === '?' && help && help.showModal && !help.open)
				help.showModal();
			else
				return;
			ev.preventDefault();
		});
	}
	each('.queue', keys);

	/* buttons that need a script are hidden without one */
	each('[data-copy], [data-print]', function (button) {
		button.hidden = button.hasAttribute('data-copy') && !navigator.clipboard;
		button.addEventListener('click', function () {
			var from = byId(button.getAttribute('data-copy'));

			if (!from)
				print();
			else
				navigator.clipboard.writeText((from.value || from.textContent).trim()).then(function () {
					button.textContent = button.getAttribute('data-done');
				});
		});
	});
}());
