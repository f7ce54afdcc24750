/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* Records of a separated-values file held in memory (RFC 4180, with any separator): a field may be
 * quoted, a quote inside is doubled, a quoted field may hold line breaks. A byte order mark is
 * skipped. Bytes that are not UTF-8 are read as Windows-1252. */

G_BEGIN_DECLS

typedef struct _VolantCsv VolantCsv;

/* data must outlive the reader. */
VolantCsv *volant_csv_new (const char *data, size_t size, char separator);
void volant_csv_free (VolantCsv *csv);

/* Goes to the next record that is not blank; false at the end. A record of more than 256 fields or
 * 64 KiB is cut there. */
bool volant_csv_next (VolantCsv *csv);

/* Line (from 1) on which the present record begins. */
unsigned volant_csv_get_line (const VolantCsv *csv);
unsigned volant_csv_get_n_fields (const VolantCsv *csv);

/* A field of the present record as UTF-8, valid until the next call of volant_csv_next (); "" where
 * the record is shorter or the column negative. */
const char *volant_csv_get (const VolantCsv *csv, int column);

/* Where a column of this title stands in the present record (the header); -1 where it is missing.
 */
int volant_csv_find (const VolantCsv *csv, const char *title);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantCsv, volant_csv_free)

G_END_DECLS
