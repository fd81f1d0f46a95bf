#!/bin/sh
# What CI runs for a policy folder: SLUICE is the command of a Sluice checkout, BEFORE the policy in use (a file or the name
# of a shipped one). Ends with 1 if the policy is refused, a test fails, or the samples show anything that is newly exposed;
# then a person decides.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
sluice=${SLUICE:-sluice}
before=${BEFORE:-ottomatiq-2024-01-10}

"$sluice" rules lint --policy "$here/policy.yaml"
"$sluice" rules test --policy "$here/policy.yaml"
"$sluice" rules diff "$before" "$here/policy.yaml" "$here"/*.jsonl
