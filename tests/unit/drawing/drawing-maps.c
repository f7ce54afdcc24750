/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/drawing/drawing-maps.h"

#include "maps/drawing/drawing-build.h"
#include "maps/import/osm-load.h"

#include <string.h>

#define N(id, lat, lon) "<node id='" #id "' lat='" #lat "' lon='" #lon "'/>"
#define R(id) "<nd ref='" #id "'/>"
#define T(key, value) "<tag k='" key "' v='" value "'/>"

const char *const volant_test_town =
    "<osm version='0.6'><bounds minlat='47.99' minlon='2.00' maxlat='48.02' maxlon='2.04'/>"
    /* streets: 1-2-3 along, 2-4 up, 5 beyond */
    N (1, 48.0000, 2.0000) N (2, 48.0000, 2.0100) N (3, 48.0000, 2.0200) N (4, 48.0100, 2.0100)
    N (5, 48.0000, 2.0300) N (6, 48.0001, 2.0050)
    /* a house with a courtyard */
    N (10, 48.0050, 2.0050) N (11, 48.0050, 2.0060) N (12, 48.0060, 2.0060)
    N (13, 48.0060, 2.0050) N (14, 48.0053, 2.0053) N (15, 48.0053, 2.0057)
    N (16, 48.0057, 2.0057) N (17, 48.0057, 2.0053)
    /* a park */
    N (20, 48.0110, 2.0110) N (21, 48.0110, 2.0190) N (22, 48.0180, 2.0190)
    N (23, 48.0180, 2.0110)
    /* the coast */
    N (30, 47.9950, 2.0020) N (31, 47.9960, 2.0200) N (32, 47.9950, 2.0380)
    /* an island, land to the left: counter-clockwise */
    N (40, 47.9910, 2.0100) N (41, 47.9910, 2.0120) N (42, 47.9920, 2.0120)
    N (43, 47.9920, 2.0100)
    "<node id='50' lat='48.005' lon='2.02'>" T ("place", "town") T ("name", "Port-Écume") "</node>"
    "<node id='51' lat='48.0055' lon='2.0055'>" T ("addr:housenumber", "7 bis") "</node>"
    "<way id='100'>" R (1) R (6) R (2) T ("highway", "residential") T ("name", "Rue Haute")
    "</way>"
    "<way id='101'>" R (2) R (3) T ("highway", "residential") T ("name", "Rue Haute") "</way>"
    "<way id='102'>" R (2) R (4) T ("highway", "primary") T ("name", "Avenue du Nord")
    T ("ref", "D 7") T ("oneway", "-1") "</way>"
    "<way id='103'>" R (3) R (5) T ("highway", "secondary") T ("bridge", "yes") "</way>"
    "<way id='104'>" R (5) R (4) T ("railway", "rail") T ("tunnel", "yes") "</way>"
    "<way id='110'>" R (10) R (11) R (12) R (13) R (10) "</way>"
    "<way id='111'>" R (14) R (15) R (16) R (17) R (14) "</way>"
    "<way id='120'>" R (20) R (21) R (22) R (23) R (20) T ("leisure", "park")
    T ("name", "Jardin Public") "</way>"
    "<way id='130'>" R (30) R (31) R (32) T ("natural", "coastline") "</way>"
    "<way id='140'>" R (40) R (41) R (42) R (43) R (40) T ("natural", "coastline") "</way>"
    "<relation id='200'><member type='way' ref='110' role='outer'/>"
    "<member type='way' ref='111' role='inner'/>" T ("type", "multipolygon") T ("building", "yes")
    "</relation>"
    "</osm>";

GBytes *
volant_test_drawing_bytes (const char *xml)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantOsm) osm =
      volant_osm_load_bytes (xml, strlen (xml), "test.osm", false, NULL, NULL, &error);
  GBytes *bytes;

  g_assert_no_error (error);
  bytes = volant_drawing_build (osm, NULL, NULL, &error);
  g_assert_no_error (error);
  return bytes;
}
