export { createRpcServer, type RpcOptions, type RpcServer } from './serve-router';
