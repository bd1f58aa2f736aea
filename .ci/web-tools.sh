#!/usr/bin/env bash
# Checks of HTML, and Lighthouse: `web-tools.sh fetch DIR` brings the tools, `html DIR FOLDER` checks a folder of pages,
# `lighthouse DIR URL…` measures a phone's view. A tool that cannot be had is named and left out.
# The one rule switched off, tel-non-breaking, wants hard spaces in all words of a link to call; ours hold names too, and
# the style sheet and tests/browser/test_layout.py keep each number in one piece.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

fetch() { # DIR
  if ! command -v npm >/dev/null || ! command -v java >/dev/null; then
    echo "left out: checks of HTML and Lighthouse (npm or java is not on this machine)"
    return 3
  fi
  mkdir -p "$1" && cd "$1"
  [ -f package.json ] || echo '{"private": true}' >package.json
  npm install --no-audit --no-fund --silent html-validate@9 vnu-jar@26 lighthouse@12 >install.log 2>&1 && return 0
  echo "left out: checks of HTML and Lighthouse (npm cannot bring them: $(tail -1 install.log))"
  return 3
}

html() { # DIR FOLDER
  "$1/node_modules/.bin/html-validate" --config "$here/htmlvalidate.json" "$2/*.html"
  java -jar "$1/node_modules/vnu-jar/build/dist/vnu.jar" --errors-only --format text "$2"/*.html
  echo "$(ls "$2" | wc -l) pages: no error of html-validate, none of vnu"
}

lighthouse() { # DIR URL…
  local dir=$1 url
  shift
  for url in "$@"; do
    CHROME_PATH=/usr/bin/chromium "$dir/node_modules/.bin/lighthouse" "$url" --quiet --output=json \
      --output-path="$dir/report.json" --only-categories=performance,accessibility,best-practices \
      --chrome-flags="--headless --no-sandbox --disable-gpu --disable-background-networking"
    node "$here/lighthouse-scores.js" "$dir/report.json"
  done
}

"$@"
