/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <stdbool.h>

G_BEGIN_DECLS

/* Reads a folder of music, its subfolders too, and blocks: for a worker thread. Answers the tracks
 * (VolantTrack, sorted by path; transfer full) and how many music files could not be read. A folder
 * that is absent or holds no music is VOLANT_ERROR_NOT_FOUND; one where all files are bad gives an
 * empty list. */
GPtrArray *volant_folder_scan (const char *path, GCancellable *cancellable, unsigned *n_skipped,
                               GError **error);

G_END_DECLS
