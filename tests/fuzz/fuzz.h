/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

/* A fuzz target is one file that defines these two. It is always built with fuzz-replay.c into a
 * plain test, which feeds it the seeds and some hundred changed copies of each; with -Dfuzz=true
 * (clang) it also becomes a libFuzzer program. */

G_BEGIN_DECLS

/* Takes any bytes; must neither crash nor hang nor leak. */
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Makes the seeds, good input mostly, calling add for each. */
typedef void (*VolantFuzzAdd) (const void *data, size_t size, void *user_data);
void volant_fuzz_seeds (VolantFuzzAdd add, void *user_data);

G_END_DECLS
