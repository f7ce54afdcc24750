/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/error.h"

G_DEFINE_QUARK (volant-error-quark, volant_error)
