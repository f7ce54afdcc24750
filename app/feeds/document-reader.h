/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <stdbool.h>

/* Reads whole documents from files and over HTTP, within bounds. A document that the server calls
 * unchanged (ETag, Last-Modified; RFC 9110 section 13) comes from memory. */

G_BEGIN_DECLS

typedef struct _VolantDocumentReader VolantDocumentReader;

/* max_bytes bounds a document after unpacking; idle_s is how long a server may stay silent. */
VolantDocumentReader *volant_document_reader_new (size_t max_bytes, unsigned idle_s);
VolantDocumentReader *volant_document_reader_ref (VolantDocumentReader *reader);
void volant_document_reader_unref (VolantDocumentReader *reader);

/* address: an http(s) URL or a path. */
void volant_document_reader_read_async (VolantDocumentReader *reader, const char *address,
                                        GCancellable *cancellable, GAsyncReadyCallback callback,
                                        void *data);
/* The bytes (transfer full); NULL with VOLANT_ERROR_NOT_FOUND, VOLANT_ERROR_UNAVAILABLE or
 * G_IO_ERROR_CANCELLED. */
GBytes *volant_document_reader_read_finish (VolantDocumentReader *reader, GAsyncResult *result,
                                            GError **error);
/* What this address gave last; NULL where nothing yet (transfer none). */
GBytes *volant_document_reader_get_last (VolantDocumentReader *reader, const char *address);

bool volant_document_is_url (const char *address);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantDocumentReader, volant_document_reader_unref)

G_END_DECLS
