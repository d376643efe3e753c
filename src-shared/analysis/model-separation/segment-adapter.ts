import type { SegmentAdapter } from './adapter';
import type { SegmentContract } from './contract';
import { hybridAdapter } from './hybrid-adapter';
import { magnitudeAdapter } from './magnitude';
import { spectralAdapter } from './spectral';
import { waveformAdapter } from './waveform';

export function segmentAdapter(contract: SegmentContract): SegmentAdapter {
  switch (contract.family) {
    case 'waveform':
      return waveformAdapter(contract);
    case 'hybrid':
      return hybridAdapter(contract);
    case 'spectral':
      return spectralAdapter(contract);
    case 'magnitude':
      return magnitudeAdapter(contract);
  }
}
