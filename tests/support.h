/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <stdbool.h>

/* What the tests share. */

G_BEGIN_DECLS

/* Path of a file of the real data (VOLANT_TEST_DATA, else shared/data beside the checkout); where it
 * is absent the test is skipped, saying so, and NULL returned (transfer full). */
char *volant_test_data (const char *relative);

/* Runs the main context until condition holds; false after deadline_s. Never sleeps blindly. */
typedef bool (*VolantTestCondition) (void *data);
bool volant_test_wait (VolantTestCondition condition, void *data, double deadline_s);

/* A new folder for this test, emptied and removed at exit (transfer none: owned by the support). */
const char *volant_test_folder (void);

G_END_DECLS
