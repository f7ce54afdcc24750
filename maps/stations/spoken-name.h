/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a person calls a station: its street or place, without house number, town, code or remark in
 * brackets, accents kept: "Paris/Harpignies/3" → "Harpignies", "Gare de Lyon - Paris 12" → "Gare de
 * Lyon", "12 bis, rue de Rivoli, 75004 Paris" → "rue de Rivoli", "上海路12号" → "上海路". A number
 * that belongs to the name stays ("18 Juin 1940", "Terminal 2"). town may be NULL. Where nothing
 * would be left, the name as it is (transfer full). */
char *volant_spoken_name (const char *name, const char *town);

G_END_DECLS
