/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/error.h"

G_DEFINE_QUARK (volant-maps-error-quark, volant_maps_error)
