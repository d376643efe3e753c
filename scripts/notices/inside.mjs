// Code of others that a package carries inside a compiled file and that its own licence file says nothing of. Read from
// the packages' build files and the projects' own pages; a test asks for an entry per package with compiled code.

const xiph = years => `Copyright (c) ${years} Xiph.Org Foundation

${bsd('the Xiph.org Foundation')}`;

function bsd(owner) {
  return `Redistribution and use in source and binary forms, with or without modification, are permitted provided that the
following conditions are met:

- Redistributions of source code must retain the above copyright notice, this list of conditions and the following
  disclaimer.
- Redistributions in binary form must reproduce the above copyright notice, this list of conditions and the following
  disclaimer in the documentation and/or other materials provided with the distribution.
- Neither the name of ${owner} nor the names of its contributors may be used to endorse or promote products derived from
  this software without specific prior written permission.

THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR IMPLIED WARRANTIES,
INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
DISCLAIMED. IN NO EVENT SHALL THE FOUNDATION OR CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL,
EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF
USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT,
STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE OF THIS SOFTWARE, EVEN IF
ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.`;
}

const LGPL_2_1 =
  'The text of the GNU Lesser General Public License, version 2.1, is at the end of this file.';

const OPUS = {
  name: 'libopus',
  licence: 'BSD-3-Clause',
  source: 'https://opus-codec.org/',
  text: `Copyright 2001-2023 Xiph.Org, Skype Limited, Octasic, Jean-Marc Valin, Timothy B. Terriberry, CSIRO, Gregory Maxwell,
Mark Borgerding, Erik de Castro Lopo, Mozilla, Amazon

${bsd('Internet Society, IETF or IETF Trust')}`,
};
const OGG = { name: 'libogg', licence: 'BSD-3-Clause', source: 'https://xiph.org/ogg/', text: xiph('2002') };
const VORBIS = {
  name: 'libvorbis',
  licence: 'BSD-3-Clause',
  source: 'https://xiph.org/vorbis/',
  text: xiph('2002-2020'),
};

/** By package: what is compiled into it. */
export const INSIDE = {
  'better-sqlite3': [
    {
      name: 'SQLite',
      licence: 'public domain',
      source: 'https://www.sqlite.org/copyright.html',
      text: 'The authors of SQLite have dedicated its code to the public domain.',
    },
  ],
  'mpg123-decoder': [
    {
      name: 'libmpg123',
      licence: 'LGPL-2.1',
      source: 'https://www.mpg123.de/',
      text: `Copyright (c) 1995-2023 by Michael Hipp, Thomas Orgis, Taihei Monma and others.\n${LGPL_2_1}`,
    },
  ],
  '@wasm-audio-decoders/flac': [
    {
      name: 'libFLAC',
      licence: 'BSD-3-Clause',
      source: 'https://xiph.org/flac/',
      text: `Copyright (C) 2000-2009 Josh Coalson\n${xiph('2011-2023')}`,
    },
    OGG,
  ],
  '@wasm-audio-decoders/ogg-vorbis': [VORBIS, OGG],
  '@wasm-audio-decoders/opus-ml': [OPUS],
  'opus-decoder': [OPUS],
  'ogg-opus-decoder': [OPUS],
  '@wasm-audio-decoders/common': [
    {
      name: 'puff',
      licence: 'Zlib',
      source: 'https://github.com/madler/zlib/tree/master/contrib/puff',
      text: `Copyright (C) 2002-2013 Mark Adler, all rights reserved

This software is provided 'as-is', without any express or implied warranty. In no event will the author be held liable
for any damages arising from the use of this software.

Permission is granted to anyone to use this software for any purpose, including commercial applications, and to alter it
and redistribute it freely, subject to the following restrictions:

1. The origin of this software must not be misrepresented; you must not claim that you wrote the original software. If
   you use this software in a product, an acknowledgment in the product documentation would be appreciated but is not
   required.
2. Altered source versions must be plainly marked as such, and must not be misrepresented as being the original software.
3. This notice may not be removed or altered from any source distribution.`,
    },
  ],
  'onnxruntime-node': [
    {
      name: 'ONNX Runtime and its libraries',
      licence: 'MIT',
      source: 'https://github.com/microsoft/onnxruntime/blob/v1.30.0/ThirdPartyNotices.txt',
      text: `Copyright (c) Microsoft Corporation, under the MIT licence. The library has parts of others compiled in (among them
Abseil, Eigen, FlatBuffers, Protocol Buffers, XNNPACK, Dawn); the page above holds their notices.`,
    },
  ],
  'js-synthesizer': [
    {
      name: 'FluidSynth',
      licence: 'LGPL-2.1',
      source: 'https://github.com/jet2jet/fluidsynth-emscripten',
      text: `Copyright (C) 2003-2025 Peter Hanappe, Tom Moebert and others.\n${LGPL_2_1}`,
    },
  ],
  'signalsmith-stretch': [
    {
      name: 'Signalsmith Stretch and its DSP library',
      licence: 'MIT',
      source: 'https://signalsmith-audio.co.uk/code/stretch/',
      text: 'Copyright (c) 2022-2025 Geraint Luff / Signalsmith Audio Ltd., under the MIT licence.',
    },
  ],
  'wasm-media-encoders': [
    {
      name: 'LAME',
      licence: 'LGPL-2.0-or-later',
      source: 'https://lame.sourceforge.io/',
      text: `Copyright (c) 1999-2017 by The LAME Project and others.\n${LGPL_2_1}`,
    },
    VORBIS,
    OGG,
  ],
};
