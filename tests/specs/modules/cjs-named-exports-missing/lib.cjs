module['exp' + 'orts'] = { hidden: 1 };
