#!/bin/sh
# run.sh TMPLC MSGC SOURCE_ROOT BUILD_ROOT CC...: every case of this folder must NOT compile, and must say why.
# A case names in its first line what the message must hold: {# must say: TEXT #} or /* must say: TEXT */ or
# "# must say: TEXT". {# must compile #} marks the cases that prove the rest fails for its own reason.
#   NAME.html  template: refused by tmplc, or by the C compiler afterwards
#   NAME.c     C against the headers of the house
#   NAME.msg   catalogues, "== kk", "== ru", "== en" in one file: refused by msgc
set -u
tmplc=$1 msgc=$2 source=$3 build=$4
shift 4
here=$source/tests/nocompile
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
# libgettextpo keeps some of its file names to the end, which a leak checker takes amiss
ASAN_OPTIONS=detect_leaks=0
export ASAN_OPTIONS
failed=0 count=0

verdict() { # NAME STATUS: the output stands in $work/out, what is wanted in $want
	count=$((count + 1))
	if [ "$want" = compile ]; then
		[ "$2" -eq 0 ] && return
		echo "FAIL $1: must compile, but:"
	elif [ "$2" -eq 0 ]; then
		echo "FAIL $1: compiles, but must not"
	elif grep -qF -e "$want" "$work/out"; then
		return
	else
		echo "FAIL $1: must say \"$want\", says:"
	fi
	sed 's/^/    /' "$work/out"
	failed=$((failed + 1))
}

wanted() { # FILE
	want=$(sed -n '1s/.*must say: \(.*[^ ]\) *\(#}\|\*\/\)$/\1/p; 1s/^# must say: //p' "$1")
	case $(sed -n 1p "$1") in *'must compile'*) want=compile ;; esac
	[ -n "$want" ] || { echo "FAIL $1: the first line names no message"; failed=$((failed + 1)); }
}

c_check() { # FILE CC...
	file=$1
	shift
	"$@" -std=c17 -D_GNU_SOURCE -Wall -Wextra -Werror -S -o "$work/s" -I"$source/lib" -I"$source/src" \
		-I"$build/lib" -I"$work/inc" "$file" >"$work/out" 2>&1
}

for file in "$here"/*.html; do
	name=$(basename "$file")
	rm -rf "$work/in" "$work/inc"
	mkdir -p "$work/in" "$work/inc/gen"
	cp "$file" "$work/in/"
	wanted "$file"
	"$tmplc" case "$work/in" "$work/inc/gen/case_tmpl.h" "$work/inc/gen/case_tmpl.c" "$work/d" >"$work/out" 2>&1
	status=$?
	if [ $status -eq 0 ]; then
		c_check "$work/inc/gen/case_tmpl.c" "$@"
		status=$?
	fi
	verdict "$name" $status
done
for file in "$here"/*.c; do
	wanted "$file"
	c_check "$file" "$@"
	verdict "$(basename "$file")" $?
done
for file in "$here"/*.msg; do
	rm -rf "$work/in"
	mkdir -p "$work/in/kk" "$work/in/ru" "$work/in/en"
	awk -v dir="$work/in" '/^== / { out = dir "/" $2 "/case.po"; next } out { print > out }' "$file"
	wanted "$file"
	"$msgc" "$work/in" "$work/m.h" "$work/m.c" "$work/d" >"$work/out" 2>&1
	verdict "$(basename "$file")" $?
done
echo "$count cases, $failed failed"
[ $failed -eq 0 ] && [ $count -gt 20 ]
