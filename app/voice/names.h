/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

G_BEGIN_DECLS

/* Gives the ears the names of the stations, streets and places nearest to a point, about two
 * hundred together: more would make the recogniser slower and surer of the wrong one. */
void volant_names_give (VolantSession *session, VolantEars *ears, VolantPoint point);

G_END_DECLS
