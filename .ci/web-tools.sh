#!/usr/bin/env bash
# Checks of HTML, and Lighthouse: `web-tools.sh fetch DIR` brings the tools, `html DIR FOLDER` checks a folder of pages,
# `lighthouse DIR URL…` measures a phone's view and judges it, `medians DIR RUNS URL…` prints the medians of several runs.
# A tool that cannot be had is named and left out.
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

measure() { # DIR URL FILE
  CHROME_PATH=/usr/bin/chromium "$1/node_modules/.bin/lighthouse" "$2" --quiet --output=json --output-path="$3" \
    --only-categories=performance,accessibility,best-practices \
    --chrome-flags="--headless --no-sandbox --disable-gpu --disable-background-networking"
}

# Accessibility and best practices do not hang on time: the first run decides them. Performance does, and no test of ours
# is timed: it is measured up to three times and told, and `./run bench weight --lighthouse DIR` holds the medians of a
# quiet machine against the budget. A run that breaks is no measurement.
lighthouse() { # DIR URL…
  local dir=$1 url try code
  shift
  for url in "$@"; do
    for try in 1 2 3; do
      code=2
      if measure "$dir" "$url" "$dir/report.json"; then
        code=0
        node "$here/lighthouse-scores.js" "$dir/report.json" || code=$?
      fi
      if [ "$code" -lt 2 ]; then break; fi
      echo "  run $try of 3: $([ "$code" -eq 3 ] && echo "performance is below 98" || echo "no report"), load $(cut -d' ' -f1 /proc/loadavg)"
    done
    if [ "$code" -eq 3 ]; then echo "  performance stayed below the budget here: ./run bench weight --lighthouse tells whether it is the page"; fi
    if [ "$code" -eq 1 ] || [ "$code" -eq 2 ]; then return 1; fi
  done
}

medians() { # DIR RUNS URL…
  local dir=$1 runs=$2 url try files code=0
  shift 2
  for url in "$@"; do
    files=()
    for try in $(seq "$runs"); do
      files+=("$dir/report-$try.json")
      measure "$dir" "$url" "$dir/report-$try.json" || return 1
    done
    node "$here/lighthouse-scores.js" --median "${files[@]}" || code=1
  done
  return "$code"
}

"$@"
