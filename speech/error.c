/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/error.h"

G_DEFINE_QUARK (volant-speech-error-quark, volant_speech_error)
