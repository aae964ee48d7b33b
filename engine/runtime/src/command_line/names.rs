//! Names of options that `node` takes (<https://nodejs.org/api/cli.html#options>). Those that would promise what is not
//! kept (permissions, snapshots, loaders of their own) are not here, so that nobody relies on them.

/// Options that are on or off: each can be written with `--no-` in front of its name.
pub const SWITCHES: &str = "\
    --addons --check --deprecation --disable-sigusr1 --enable-network-family-autoselection \
    --enable-source-maps --entry-url --experimental-detect-module --experimental-eventsource --experimental-global-navigator \
    --experimental-import-meta-resolve --experimental-inspector-network-resource \
    --experimental-print-required-tla \
    --experimental-require-module --experimental-storage-inspection \
    --experimental-strip-types --experimental-repl-await --experimental-sqlite --experimental-test-module-mocks --experimental-test-coverage --experimental-vm-modules \
    --experimental-websocket --extra-info-on-fatal-exception \
    --global-search-paths --insecure-http-parser --network-family-autoselection \
    --openssl-legacy-provider --pending-deprecation --preserve-symlinks --preserve-symlinks-main \
    --print --report-compact --report-exclude-env --report-exclude-network --report-on-fatalerror \
    --report-on-signal --report-uncaught-exception --require-module --strip-types --test \
    --test-force-exit --test-only --test-randomize --test-update-snapshots --throw-deprecation \
    --tls-max-v1.2 --tls-max-v1.3 --tls-min-v1.0 --tls-min-v1.1 --tls-min-v1.2 --tls-min-v1.3 \
    --trace-deprecation --trace-env --trace-env-js-stack --trace-exit --trace-sigint --trace-sync-io \
    --trace-uncaught --trace-warnings --use-env-proxy --use-openssl-ca --use-system-ca --warnings --watch \
    --webstorage --experimental-webstorage --watch-preserve-output -c -p";

/// The same for those that change nothing a script could see: what they ask for is always so here, or they are about parts
/// of `node` that this program does not have (OpenSSL, its snapshot, native addons).
pub const IDLE_SWITCHES: &str = "\
    --async-context-frame --debug-arraybuffer-allocations --disable-wasm-trap-handler \
    --experimental-abortcontroller --experimental-addon-modules --experimental-fetch \
    --experimental-global-customevent --experimental-global-webcrypto --experimental-json-modules \
    --experimental-modules --experimental-network-inspection --experimental-report --experimental-top-level-await \
    --experimental-wasi-unstable-preview1 --experimental-wasm-modules --experimental-web-worker --experimental-worker \
    --experimental-worker-inspection --force-async-hooks-checks --force-context-aware \
    --force-node-api-uncaught-exceptions-policy --http-parser --napi-modules --node-snapshot \
    --openssl-shared-config --test-coverage-include-all --use-bundled-ca --verify-base-objects \
    --worker-snapshot --zero-fill-buffers";

/// Features that this runtime does not have: they can be switched off, not on.
pub const ABSENT: &str = "\
    --experimental-dtls --experimental-ffi --experimental-import-text \
    --experimental-quic --experimental-shadow-realm \
    --experimental-stream-iter \
    --track-heap-objects --trace-promises --trace-tls";

/// Options with a value.
pub const VALUES: &str = "\
    --conditions --diagnostic-dir --disable-warning --dns-result-order --env-file --env-file-if-exists \
    --eval --experimental-loader --loader --experimental-test-isolation --experimental-test-tag-filter --import --input-type \
    --localstorage-file --max-http-header-size --max-old-space-size-percentage \
    --network-family-autoselection-attempt-timeout --redirect-warnings --report-dir --report-directory \
    --report-filename --report-signal --require --run --secure-heap --secure-heap-min \
    --test-concurrency --test-coverage-branches --test-coverage-exclude --test-coverage-functions \
    --test-coverage-include --test-coverage-lines --test-global-setup --test-isolation \
    --test-name-pattern --test-random-seed --test-rerun-failures --test-reporter --test-reporter-destination \
    --test-shard --test-skip-pattern --test-timeout --title --tls-cipher-list \
    --unhandled-rejections --watch-kill-signal --watch-path -C -e -r";

/// The same for those that change nothing a script could see.
pub const IDLE_VALUES: &str = "\
    --es-module-specifier-resolution --experimental-specifier-resolution --openssl-config \
    --use-largepages --v8-pool-size";

/// What may stand in `NODE_OPTIONS`, as `process.allowedNodeEnvironmentFlags` lists it.
pub const IN_ENVIRONMENT: &str = "\
    --inspect --inspect-brk --inspect-wait --inspect-port --debug-port --inspect-publish-uid \
    --max-old-space-size-percentage --experimental-loader --loader --experimental-detect-module --no-experimental-detect-module \
    --experimental-abortcontroller --experimental-report --experimental-modules --http-parser \
    --experimental-fetch --experimental-quic --disable-sigusr1 --no-disable-sigusr1 --input-type --jitless \
    --experimental-sqlite --no-experimental-sqlite --require-module --no-require-module \
    --experimental-stream-iter --no-experimental-stream-iter --experimental-addon-modules \
    --no-experimental-addon-modules --test-coverage-functions --expose-gc --experimental-require-module \
    --no-experimental-require-module --watch --no-watch --preserve-symlinks-main --no-preserve-symlinks-main \
    --trace-require-module --experimental-import-meta-resolve --no-experimental-import-meta-resolve \
    --experimental-vm-modules --no-experimental-vm-modules --experimental-ffi --no-experimental-ffi \
    --experimental-wasi-unstable-preview1 --test-randomize --no-test-randomize --test-coverage-include \
    --test-coverage-exclude --trace-exit --no-trace-exit --experimental-top-level-await --report-on-signal \
    --no-report-on-signal --experimental-json-modules --enable-etw-stack-walking --max-old-space-size \
    --perf-basic-prof --perf-prof --track-heap-objects --no-track-heap-objects --max-heap-size \
    --worker-snapshot --no-worker-snapshot --experimental-dtls --watch-path --extra-info-on-fatal-exception \
    --no-extra-info-on-fatal-exception --stack-trace-limit --report-signal --abort-on-uncaught-exception \
    --tls-min-v1.0 --no-tls-min-v1.0 --interpreted-frames-native-stack --report-uncaught-exception \
    --no-report-uncaught-exception --tls-min-v1.2 --no-tls-min-v1.2 --experimental-import-text \
    --no-experimental-import-text --trace-promises --no-trace-promises --tls-keylog --async-context-frame \
    --no-async-context-frame --experimental-shadow-realm --no-experimental-shadow-realm \
    --max-semi-space-size --perf-prof-unwinding-info --force-context-aware --no-force-context-aware \
    --experimental-print-required-tla --no-experimental-print-required-tla --use-system-ca \
    --no-use-system-ca --warnings --no-warnings --perf-basic-prof-only-functions --tls-max-v1.3 \
    --no-tls-max-v1.3 --experimental-repl-await --no-experimental-repl-await --test-coverage-include-all \
    --no-test-coverage-include-all --deprecation --no-deprecation --report-exclude-network \
    --no-report-exclude-network --trace-env-native-stack --no-trace-env-native-stack \
    --disallow-code-generation-from-strings --title --import --localstorage-file --trace-sigint \
    --no-trace-sigint --secure-heap-min --test-isolation --entry-url --no-entry-url \
    --trace-env --no-trace-env --openssl-shared-config --no-openssl-shared-config --conditions \
    --test-coverage-lines --zero-fill-buffers --no-zero-fill-buffers --experimental-global-webcrypto \
    --experimental-webstorage --no-experimental-webstorage --openssl-legacy-provider \
    --no-openssl-legacy-provider --v8-pool-size --trace-sync-io --no-trace-sync-io --report-compact \
    --no-report-compact --debug-arraybuffer-allocations --no-debug-arraybuffer-allocations --addons \
    --no-addons --experimental-specifier-resolution --test-reporter-destination --trace-env-js-stack \
    --no-trace-env-js-stack --disable-wasm-trap-handler --no-disable-wasm-trap-handler \
    --unhandled-rejections --test-coverage-branches --network-family-autoselection-attempt-timeout \
    --report-dir --test-random-seed --tls-min-v1.3 --no-tls-min-v1.3 --experimental-websocket \
    --no-experimental-websocket --test-global-setup --report-on-fatalerror --no-report-on-fatalerror \
    --diagnostic-dir --trace-uncaught --no-trace-uncaught --openssl-config --enable-source-maps \
    --no-enable-source-maps --report-filename --tls-cipher-list --experimental-wasm-modules --use-openssl-ca \
    --no-use-openssl-ca --experimental-worker --use-bundled-ca --no-use-bundled-ca --test-shard \
    --tls-min-v1.1 --no-tls-min-v1.1 --experimental-global-navigator --no-experimental-global-navigator \
    --redirect-warnings --max-http-header-size --test-name-pattern --use-largepages --node-snapshot \
    --no-node-snapshot --icu-data-dir --preserve-symlinks --no-preserve-symlinks --test-reporter \
    --secure-heap --experimental-eventsource --no-experimental-eventsource --use-env-proxy \
    --no-use-env-proxy --test-skip-pattern --force-node-api-uncaught-exceptions-policy \
    --no-force-node-api-uncaught-exceptions-policy --global-search-paths --no-global-search-paths \
    --watch-kill-signal --trace-warnings --no-trace-warnings --insecure-http-parser \
    --no-insecure-http-parser --watch-preserve-output --no-watch-preserve-output --disable-warning \
    --network-family-autoselection --no-network-family-autoselection --test-only --no-test-only \
    --dns-result-order --pending-deprecation --no-pending-deprecation --experimental-web-worker \
    --no-experimental-web-worker --report-exclude-env --no-report-exclude-env \
    --experimental-global-customevent --force-async-hooks-checks --no-force-async-hooks-checks --strip-types \
    --no-strip-types --throw-deprecation --no-throw-deprecation --trace-deprecation --no-trace-deprecation \
    --verify-base-objects --no-verify-base-objects --require --napi-modules --trace-tls --no-trace-tls \
    --tls-max-v1.2 --no-tls-max-v1.2 --webstorage -C --experimental-strip-types -r \
    --es-module-specifier-resolution --report-directory --experimental-test-isolation \
    --enable-network-family-autoselection";

/// Whether the blank-separated `names` hold `name`.
pub fn has(names: &str, name: &str) -> bool {
    names.split_ascii_whitespace().any(|one| one == name)
}
