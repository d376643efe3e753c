export { twinCandidatesStage } from './candidates';
export { confirmTwinsStage } from './confirm';
