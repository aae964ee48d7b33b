exports.isMain = require.main === module;
exports.parentId = module.parent.id;
exports.module = module;
