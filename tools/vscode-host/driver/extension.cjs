// @ts-check
exports.activate = () => {};
