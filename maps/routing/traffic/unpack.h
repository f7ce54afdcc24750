/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

G_BEGIN_DECLS

/* The bytes themselves, or what is in them where they are packed with gzip (RFC 1952), as some
 * operators publish (transfer full). NULL with VOLANT_MAPS_ERROR_CORRUPT where the packing is
 * damaged or cut off, VOLANT_MAPS_ERROR_TOO_LARGE past max_bytes. */
GBytes *volant_traffic_unpack (GBytes *bytes, size_t max_bytes, GError **error);

G_END_DECLS
